using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Rendering;

/// <summary>Renders flags while a snapshot is built (sdk-api.md, <c>GET /api/v1/flags/</c>), and numbers them.</summary>
internal sealed class FlagRenderer : IDisposable
{
    private static readonly JsonWriterOptions Options = new()
    {
        // Answers are JSON with a JSON content type: nothing needs escaping for HTML, and UTF-8 needs none at all.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> _json = new(4096);
    private readonly Utf8JsonWriter _writer;
    private readonly List<FlagSlice> _slices = [];
    private readonly List<FlagSource> _sources = [];
    private readonly Dictionary<long, string> _types;
    private readonly IReadOnlySet<long> _serverOnly;
    private readonly bool _hideDisabled;

    public FlagRenderer(EnvironmentModel model)
    {
        _writer = new Utf8JsonWriter(_json, Options);
        _serverOnly = model.ServerKeyOnlyFeatureIds;
        _hideDisabled = model.HideDisabledFlags;
        _types = [];
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
    /// <param name="source">Where it comes from; its variant, if any, gives the value.</param>
    public int Render(FlagSource source)
    {
        var state = source.State;
        var start = _json.WrittenCount;
        _writer.Reset();
        _writer.WriteStartObject();
        WriteFeature(state);
        _writer.WriteBoolean("enabled"u8, state.Enabled);
        _writer.WritePropertyName("feature_state_value"u8);
        WriteValue(source.Variant?.Value ?? state.Value);
        _writer.WriteEndObject();
        _writer.Flush();
        _json.GetSpan(1)[0] = (byte)',';
        _json.Advance(1);

        var isHidden = (state.FeatureId is { } id && _serverOnly.Contains(id)) || (_hideDisabled && !state.Enabled);
        _slices.Add(new FlagSlice(start, _json.WrittenCount, isHidden));
        _sources.Add(source);
        return _slices.Count - 1;
    }

    /// <summary>All that was rendered.</summary>
    public RenderedFlags Finish() => new(_json.WrittenSpan.ToArray(), [.. _slices], [.. _sources]);

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void WriteFeature(FeatureState state)
    {
        _writer.WriteStartObject("feature"u8);
        if (state.FeatureId is { } id)
        {
            _writer.WriteNumber("id"u8, id);
        }
        else
        {
            _writer.WriteNull("id"u8);
        }

        _writer.WriteString("name"u8, state.Name);
        // The type is the environment's word, whoever else overrides the feature.
        _writer.WriteString("type"u8, state.FeatureId is { } known && _types.TryGetValue(known, out var type) ? type : FeatureState.StandardType);
        _writer.WriteEndObject();
    }

    private void WriteValue(ScalarValue value)
    {
        if (value.Kind == ScalarKind.String)
        {
            _writer.WriteStringValue(value.Text);
        }
        else
        {
            _writer.WriteRawValue(value.Text, skipInputValidation: true);
        }
    }
}
