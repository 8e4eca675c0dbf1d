using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeProxy.Engine.Buffers;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Rendering;

/// <summary>Renders flags while a snapshot is built (docs/spec/sdk-api.md 3.1), and numbers them.</summary>
internal sealed class FlagRenderer : IDisposable
{
    // What a flag with a short value takes, to start with about the room that will be needed.
    private const int UsualLength = 128;

    private static readonly JsonWriterOptions Options = new()
    {
        // Answers are JSON with a JSON content type: nothing needs escaping for HTML, and UTF-8 needs none at all.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly PooledList<byte> _json;
    private readonly Utf8JsonWriter _writer;
    private readonly PooledList<FlagSlice> _slices;
    private readonly List<FlagSource> _sources = [];
    private readonly Dictionary<long, string> _types = [];
    private readonly IReadOnlySet<long> _serverOnly;
    private readonly bool _hideDisabled;
    private readonly bool _keepsStates;
    private readonly int _overrides;
    private RenderedFlagSet? _alike;

    /// <param name="model">What is compiled.</param>
    /// <param name="keepsStates">Whether results must find the very states of the model again, with what is attached to them.</param>
    /// <param name="overrides">How many times <see cref="RenderOverride"/> will probably be called.</param>
    public FlagRenderer(EnvironmentModel model, bool keepsStates, int overrides)
    {
        _keepsStates = keepsStates;
        _overrides = overrides;
        _serverOnly = model.ServerKeyOnlyFeatureIds;
        _hideDisabled = model.HideDisabledFlags;
        var flags = model.Features.Count + model.Segments.Sum(static segment => segment.Overrides.Count) + overrides;
        _json = new PooledList<byte>((int)Math.Min(Array.MaxLength, (long)flags * UsualLength));
        _slices = new PooledList<FlagSlice>(flags);
        _writer = new Utf8JsonWriter(_json, Options);
        foreach (var feature in model.Features)
        {
            if (feature.FeatureId is { } id)
            {
                _types[id] = feature.Type;
            }
        }
    }

    /// <summary>How many were rendered.</summary>
    public int Count => _slices.Count;

    /// <summary>Renders one flag; returns its number.</summary>
    /// <param name="state">What is rendered.</param>
    /// <param name="segment">The name of the segment whose override it is; null where it is the environment's own state.</param>
    /// <param name="variant">The variant, if any, that gives the value.</param>
    /// <param name="isControl">Whether it is for those who get none of the variants.</param>
    public int Render(FeatureState state, string? segment, Variant? variant = null, bool isControl = false)
    {
        var start = Begin(state.FeatureId);
        _writer.WriteString("name"u8, state.Name);
        WriteState(state.FeatureId, state.Enabled);
        var value = variant?.Value ?? state.Value;
        if (value.Kind == ScalarKind.String)
        {
            _writer.WriteStringValue(value.Text);
        }
        else
        {
            _writer.WriteRawValue(value.Text, skipInputValidation: true);
        }

        _sources.Add(new FlagSource(_keepsStates ? state : null, segment, variant, isControl));
        return End(start, state.FeatureId, state.Enabled);
    }

    /// <summary>
    /// Renders the override of an identity, out of a document; returns its number. Many identities are given the same: that
    /// has one number. After the first of these, nothing else can be rendered.
    /// </summary>
    public int RenderOverride(in OverrideState state)
    {
        var start = Begin(state.FeatureId);
        _writer.WriteString("name"u8, state.FeatureName);
        WriteState(state.FeatureId, state.Enabled);
        if (state.ValueKind == ScalarKind.String)
        {
            _writer.WriteStringValue(state.Value);
        }
        else
        {
            _writer.WriteRawValue(state.Value, skipInputValidation: true);
        }

        var flag = End(start, state.FeatureId, state.Enabled);
        _alike ??= new RenderedFlagSet(_overrides);
        var first = _alike.Add(flag, _json.Items, _slices.Items);
        if (first != flag)
        {
            _json.Truncate(start);
            _slices.Truncate(flag);
        }

        return first;
    }

    /// <summary>All that was rendered.</summary>
    public RenderedFlags Finish() => new(_json.ToArray(), _slices.ToArray(), [.. _sources]);

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _json.Dispose();
        _slices.Dispose();
        _alike?.Dispose();
    }

    private int Begin(long? featureId)
    {
        var start = _json.Count;
        _writer.Reset();
        _writer.WriteStartObject();
        _writer.WriteStartObject("feature"u8);
        if (featureId is { } id)
        {
            _writer.WriteNumber("id"u8, id);
        }
        else
        {
            _writer.WriteNull("id"u8);
        }

        return start;
    }

    private void WriteState(long? featureId, bool enabled)
    {
        // The type is the environment's word, whoever else overrides the feature.
        _writer.WriteString("type"u8, featureId is { } id && _types.TryGetValue(id, out var type) ? type : FeatureState.StandardType);
        _writer.WriteEndObject();
        _writer.WriteBoolean("enabled"u8, enabled);
        _writer.WritePropertyName("feature_state_value"u8);
    }

    private int End(int start, long? featureId, bool enabled)
    {
        _writer.WriteEndObject();
        _writer.Flush();
        _json.Add((byte)',');
        var isHidden = (featureId is { } id && _serverOnly.Contains(id)) || (_hideDisabled && !enabled);
        _slices.Add(new FlagSlice(start, _json.Count, isHidden));
        return _slices.Count - 1;
    }
}
