using System.Buffers.Text;
using System.Text.Json;
using EdgeProxy.Engine.Buffers;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Rendering.Ofrep;

/// <summary>
/// Renders flags in the form of OFREP (docs/spec/ofrep.md 4 and 5) from the form of the SDK API, which has all that is
/// needed. What only servers get is one cut in each flag, as there, so that <see cref="RenderedFlags"/> holds both forms.
/// </summary>
internal sealed class OfrepRenderer : IDisposable
{
    private const int UsualLength = 144;

    private readonly RenderedFlags _flags;
    private readonly OfrepFormat _format;
    private readonly PooledList<byte> _json;
    private readonly PooledList<FlagSlice> _slices;
    private readonly Utf8JsonWriter _writer;

    /// <param name="flags">The flags in the form of the SDK API.</param>
    /// <param name="format">The choices.</param>
    public OfrepRenderer(RenderedFlags flags, OfrepFormat format)
    {
        _flags = flags;
        _format = format;
        _json = new PooledList<byte>((int)Math.Min(Array.MaxLength, (long)flags.Count * UsualLength));
        _slices = new PooledList<FlagSlice>(flags.Count);
        _writer = new Utf8JsonWriter(_json, FlagRenderer.Options);
    }

    /// <summary>The number of rendered flags.</summary>
    public int Count => _slices.Count;

    /// <summary>Renders a flag.</summary>
    /// <param name="flag">Its number in the form of the SDK API.</param>
    /// <param name="isStatic">True if every context gets this flag.</param>
    /// <param name="hasIdentity">False for the flag without an identity, which has no variant.</param>
    public void Render(int flag, bool isStatic, bool hasIdentity = true)
    {
        var source = _flags.SourceOf(flag);
        var text = _flags.Text(flag, FlagAudience.Server);
        var state = RenderedState.Of(in text);
        var start = _json.Count;
        _writer.Reset();
        _writer.WriteStartObject();
        _writer.WritePropertyName("key"u8);
        _writer.WriteRawValue(state.Name, skipInputValidation: true);
        var isLeftOut = WriteValue(in state, source.Variant is not null);
        _writer.WriteString("reason"u8, isLeftOut ? "DISABLED"u8 : ReasonOf(in source, isStatic));
        _writer.WriteString("variant"u8, (hasIdentity ? source.VariantKey : null) ?? (state.IsEnabled ? "enabled" : "disabled"));
        var cut = WriteMetadata(in state, in source);
        _writer.WriteEndObject();
        _writer.Flush();
        _json.Add((byte)',');
        _slices.Add(new FlagSlice(start, cut.Start, cut.End, _json.Count, FlagInsert.None, _flags.IsLeftOut(flag, FlagAudience.Client)));
    }

    /// <summary>Returns all rendered flags.</summary>
    public RenderedFlags Finish() => new(_json.ToArray(), _slices.ToArray(), [], hasDetails: true);

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _json.Dispose();
        _slices.Dispose();
    }

    private static ReadOnlySpan<byte> ReasonOf(in FlagSource source, bool isStatic) =>
        source.IsInError ? "ERROR"u8
        : source.Variant is not null ? "SPLIT"u8
        : source.Segment is not null ? "TARGETING_MATCH"u8
        : isStatic ? "STATIC"u8
        : "DEFAULT"u8;

    /// <summary>Writes the value, if there is one to write; returns true if it is left out.</summary>
    private bool WriteValue(in RenderedState state, bool isOfVariant)
    {
        if (state.Value.SequenceEqual("null"u8) || (!isOfVariant && state.Value.SequenceEqual("\"\""u8)))
        {
            _writer.WriteBoolean("value"u8, state.IsEnabled);
            return false;
        }

        if (!state.IsEnabled && !_format.ReturnValueForDisabledFlags)
        {
            return true;
        }

        var spelled = state.Value[0] == (byte)'"' ? SpelledValue.Parse(state.Value, _format.ParseStrings) : default;
        _writer.WritePropertyName("value"u8);
        _writer.WriteRawValue(spelled.IsEmpty ? state.Value : spelled, skipInputValidation: true);
        return false;
    }

    /// <summary>Writes metadata; returns the part that is for servers only.</summary>
    private (int Start, int End) WriteMetadata(in RenderedState state, in FlagSource source)
    {
        _writer.WriteStartObject("metadata"u8);
        _writer.WriteBoolean("enabled"u8, state.IsEnabled);
        if (Utf8Parser.TryParse(state.Id, out int id, out var read) && read == state.Id.Length)
        {
            _writer.WriteNumber("featureId"u8, id);
        }

        _writer.Flush();
        var start = _json.Count;
        if (source.Segment is { } segment)
        {
            _writer.WriteString("segment"u8, segment);
        }

        if (source.Variant is { } variant)
        {
            _writer.WriteString("weight"u8, variant.Weight.AsText());
        }

        _writer.Flush();
        var end = _json.Count;
        _writer.WriteEndObject();
        return (start, end);
    }
}
