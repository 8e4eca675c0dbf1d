using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeProxy.Engine.Buffers;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Rendering;

/// <summary>Renders flags while a snapshot is built (docs/spec/sdk-api.md 3.1), and numbers them.</summary>
internal sealed class FlagRenderer : IDisposable
{
    // The length of a flag with a short value, for the initial capacity.
    private const int UsualLength = 128;
    private const int UsualDetailsLength = 48;

    /// <summary>The options of rendered JSON.</summary>
    public static readonly JsonWriterOptions Options = new()
    {
        // Answers are JSON with a JSON content type and UTF-8: no escaping for HTML or of non-ASCII text.
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
    private readonly bool _hasDetails;
    private readonly bool _keepsStates;
    private readonly int _overrides;
    private RenderedFlagSet? _alike;

    /// <param name="model">The model.</param>
    /// <param name="details">The optional members of flags.</param>
    /// <param name="keepsStates">True if results must contain the states of the model themselves, with their metadata.</param>
    /// <param name="overrides">The expected number of calls of <see cref="RenderOverride"/>.</param>
    public FlagRenderer(EnvironmentModel model, FlagDetails details, bool keepsStates, int overrides)
    {
        _hasDetails = details == FlagDetails.Full;
        _keepsStates = keepsStates;
        _overrides = overrides;
        _serverOnly = model.ServerKeyOnlyFeatureIds;
        _hideDisabled = model.HideDisabledFlags;
        var states = model.Features.Count + model.Segments.Sum(static segment => segment.Overrides.Count);
        var flags = states + overrides;
        _json = new PooledList<byte>(
            (int)Math.Min(Array.MaxLength, ((long)flags * UsualLength) + (_hasDetails ? (long)states * UsualDetailsLength : 0) + LengthOfLongValues(model) + 1));
        _json.Add((byte)'[');
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

    /// <summary>The number of rendered flags.</summary>
    public int Count => _slices.Count;

    /// <summary>
    /// Completes the array of the flags so far, if they are the defaults of all features: the answer that most requests get.
    /// No flag follows the last default in any other answer, so its comma is not missed.
    /// </summary>
    public void EndDefaults()
    {
        if (Count > 0)
        {
            _json.ReplaceLast((byte)']');
        }
    }

    /// <summary>Renders one flag; returns its number.</summary>
    /// <param name="state">The state to render.</param>
    /// <param name="segment">The name of the segment of an override; null for the environment's own state.</param>
    /// <param name="variant">The variant, if any, that gives the value.</param>
    /// <param name="isControl">True for the control value of a feature with variants.</param>
    /// <param name="canFail">True if the flag can be part of a circular dependency: makes <see cref="RenderedFlags.InError"/> valid for it.</param>
    public int Render(FeatureState state, string? segment, Variant? variant = null, bool isControl = false, bool canFail = false)
    {
        // The value need not be kept: it can be read from the flag.
        var kept = _keepsStates || variant is null ? variant : variant with { Value = ScalarValue.Null };
        var source = new FlagSource(_keepsStates ? state : null, segment, kept, isControl);
        var value = variant?.Value ?? state.Value;
        var flag = Render(state, in value, in source);
        if (canFail)
        {
            Render(state, in value, source with { IsInError = true });
        }

        return flag;
    }

    /// <summary>
    /// Renders an identity override from a document; returns its number. Equal overrides of many identities share one
    /// number. After the first call, nothing else can be rendered.
    /// </summary>
    /// <param name="state">The state to render.</param>
    /// <param name="canFail">As in <see cref="Render(FeatureState, string?, Variant?, bool, bool)"/>.</param>
    public int RenderOverride(in OverrideState state, bool canFail = false)
    {
        var start = Begin(state.FeatureId);
        _writer.WriteString("name"u8, state.FeatureName);
        WriteState(state.FeatureId, state.Enabled);
        _writer.Flush();
        var insert = _json.Count;
        _writer.WritePropertyName("feature_state_value"u8);
        if (state.ValueKind == ScalarKind.String)
        {
            _writer.WriteFlagText(state.Value);
        }
        else
        {
            _writer.WriteRawValue(state.Value, skipInputValidation: true);
        }

        WriteMetadata(state.Metadata);
        End();
        var flag = _slices.Count;
        var slice = new FlagSlice(
            start, insert, insert, _json.Count, _hasDetails ? FlagInsert.IdentityOverride : FlagInsert.None, IsHidden(state.FeatureId, state.Enabled));
        _slices.Add(slice);
        _alike ??= new RenderedFlagSet(_overrides);
        var first = _alike.Add(flag, _json.Items, _slices.Items);
        if (first != flag)
        {
            _json.Truncate(start);
            _slices.Truncate(flag);
        }
        else if (canFail)
        {
            _slices.Add(slice with { Insert = _hasDetails ? FlagInsert.IdentityOverrideInError : FlagInsert.None }); // of the same bytes
        }

        return first;
    }

    /// <summary>Returns all rendered flags.</summary>
    public RenderedFlags Finish() => new(_json.TakeArray(), _slices.ToArray(), [.. _sources], _hasDetails);

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _json.Dispose();
        _slices.Dispose();
        _alike?.Dispose();
    }

    /// <summary>The room for values that are longer than usual, with a little for rare escapes and for the last piece.</summary>
    private static long LengthOfLongValues(EnvironmentModel model)
    {
        var states = model.Features.Concat(model.Segments.SelectMany(static segment => segment.Overrides).Select(static item => item.State));
        var length = states.Sum(static state => LengthIfLong(state.Value) + state.Variants.Sum(static variant => LengthIfLong(variant.Value)));
        return length == 0 ? 0 : length + (length / 32) + FlagTextWriter.Room;
    }

    private static long LengthIfLong(ScalarValue value)
    {
        if (value.Spelled is { } spelled)
        {
            return spelled.SpelledLength;
        }

        var text = value.Text.AsSpan();
        return text.Length <= UsualLength ? 0 : Encoding.UTF8.GetByteCount(text) + text.Count('"') + text.Count('\\') + text.Count('\n');
    }

    private int Render(FeatureState state, in ScalarValue value, in FlagSource source)
    {
        var start = Begin(state.FeatureId);
        _writer.WriteString("name"u8, state.Name);
        WriteState(state.FeatureId, state.Enabled);
        var cut = WriteDetails(in source);
        _writer.WritePropertyName("feature_state_value"u8);
        _writer.WriteFlagValue(in value);
        WriteMetadata(state.Metadata is JsonElement { ValueKind: JsonValueKind.Object } metadata ? JsonMarshal.GetRawUtf8Value(metadata) : default);
        End();
        _sources.Add(source);
        _slices.Add(new FlagSlice(start, cut.Start, cut.End, _json.Count, FlagInsert.None, IsHidden(state.FeatureId, state.Enabled)));
        return _slices.Count - 1;
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
        // The type is that of the environment, whichever override wins.
        _writer.WriteString("type"u8, featureId is { } id && _types.TryGetValue(id, out var type) ? type : FeatureState.StandardType);
        _writer.WriteEndObject();
        _writer.WriteBoolean("enabled"u8, enabled);
    }

    /// <summary>Writes variant and reason, before the value, so that neighbours have everything up to there in common; returns the part of the reason that is for servers only.</summary>
    private (int Start, int End) WriteDetails(in FlagSource source)
    {
        if (!_hasDetails)
        {
            return default;
        }

        _writer.WriteString("variant"u8, source.VariantKey);
        _writer.WritePropertyName("reason"u8);
        _writer.Flush();
        var start = _json.Count + 1; // behind the quote
        _writer.WriteStringValue(source.Reason);
        _writer.Flush();
        return (start + source.ReasonName.Length, _json.Count - 1);
    }

    private void WriteMetadata(ReadOnlySpan<byte> json)
    {
        if (_hasDetails && !json.IsEmpty)
        {
            _writer.WritePropertyName("metadata"u8);
            _writer.WriteRawValue(json, skipInputValidation: true);
        }
    }

    private void End()
    {
        _writer.WriteEndObject();
        _writer.Flush();
        _json.Add((byte)',');
    }

    private bool IsHidden(long? featureId, bool enabled) => (featureId is { } id && _serverOnly.Contains(id)) || (_hideDisabled && !enabled);
}
