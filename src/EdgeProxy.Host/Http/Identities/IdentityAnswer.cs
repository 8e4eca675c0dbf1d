using System.Text.Encodings.Web;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Http.Identities;

/// <summary>
/// The answer to an identity request: <c>{"identifier":…,"traits":[…],"flags":[…]}</c>. Its length is known before the
/// first byte is written; traits are echoed as sent.
/// </summary>
internal readonly ref struct IdentityAnswer
{
    private readonly IdentityRequest _request;
    private readonly ReadOnlySpan<byte> _body;
    private readonly ReadOnlySpan<byte> _identifier;
    private readonly bool _hidesTraits;
    private readonly bool _marksTransient;
    private readonly int _traitsLength;
    private readonly int _flagsLength;

    /// <param name="request">The evaluated request.</param>
    /// <param name="body">The request body.</param>
    /// <param name="identifier">The identifier as JSON, with its quotes.</param>
    /// <param name="audience">The audience of the answer.</param>
    /// <param name="hidesTraits">True to leave traits out.</param>
    /// <param name="marksTransient">
    /// True to mark transient traits: browser SDKs replace their traits by those of the answer, and would send transient ones
    /// as lasting from then on.
    /// </param>
    public IdentityAnswer(
        IdentityRequest request,
        ReadOnlySpan<byte> body,
        ReadOnlySpan<byte> identifier,
        FlagAudience audience,
        bool hidesTraits,
        bool marksTransient = false)
    {
        _request = request;
        _body = body;
        _identifier = identifier;
        Audience = audience;
        _hidesTraits = hidesTraits;
        _marksTransient = marksTransient;
        _flagsLength = request.Frame.MeasureFlags(audience);
        _traitsLength = MeasureTraits();
        BeforeLength = Start.Length + identifier.Length + BeforeTraits.Length + _traitsLength + BeforeFlags.Length;
        Length = BeforeLength + _flagsLength + After.Length;
    }

    /// <summary>The part after the flags.</summary>
    public static ReadOnlySpan<byte> After => "}"u8;

    /// <summary>The audience of the answer.</summary>
    public FlagAudience Audience { get; }

    /// <summary>The length in bytes.</summary>
    public int Length { get; }

    /// <summary>The length of the part before the flags in bytes.</summary>
    public int BeforeLength { get; }

    private static ReadOnlySpan<byte> Start => "{\"identifier\":"u8;

    private static ReadOnlySpan<byte> BeforeTraits => ",\"traits\":["u8;

    private static ReadOnlySpan<byte> BeforeFlags => "],\"flags\":"u8;

    private static ReadOnlySpan<byte> BeforeKey => "{\"trait_key\":"u8;

    private static ReadOnlySpan<byte> BeforeValue => ",\"trait_value\":"u8;

    private static ReadOnlySpan<byte> Transient => ",\"transient\":true"u8;

    private static ReadOnlySpan<byte> Null => "null"u8;

    /// <summary>Encodes a text as a JSON string with quotes; returns its length.</summary>
    /// <param name="text">Valid UTF-8.</param>
    /// <param name="request">Provides the buffer; the string is at the start of its scratch buffer.</param>
    public static ReadOnlySpan<byte> Quote(ReadOnlySpan<byte> text, IdentityRequest request)
    {
        const int MaxPerByte = 6; // \u0000
        var room = request.Scratch((text.Length * MaxPerByte) + 2);
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(text, room[1..], out _, out var written);
        room[0] = (byte)'"';
        room[written + 1] = (byte)'"';
        return room[..(written + 2)];
    }

    /// <summary>Writes the answer.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        WriteBefore(destination);
        var at = BeforeLength;
        at += _request.Frame.WriteFlags(Audience, destination[at..]);
        Copy(After, destination, at);
    }

    /// <summary>The maximum buffer size for <see cref="WriteGzip"/> in bytes.</summary>
    public int MeasureGzip() => BeforeLength + _request.Frame.MeasureGzip(Audience, Length);

    /// <summary>Writes the answer as a gzip member; returns its length.</summary>
    /// <param name="destination">At least <see cref="MeasureGzip"/> bytes.</param>
    public int WriteGzip(Span<byte> destination)
    {
        // The part before the flags is assembled at the end of the buffer, so that its compressed form does not overlap it.
        var before = destination[^BeforeLength..];
        WriteBefore(before);
        return _request.Frame.WriteGzip(Audience, before, After, destination[..^BeforeLength]);
    }

    private void WriteBefore(Span<byte> destination)
    {
        var at = Copy(Start, destination, 0);
        at = Copy(_identifier, destination, at);
        at = Copy(BeforeTraits, destination, at);
        at = WriteTraits(destination, at);
        Copy(BeforeFlags, destination, at);
    }

    private int MeasureTraits()
    {
        if (_hidesTraits || _request.Traits.IsEmpty)
        {
            return 0;
        }

        var length = _request.Traits.Length * (BeforeKey.Length + BeforeValue.Length + 2); // a brace and a comma
        foreach (ref readonly var trait in _request.Traits)
        {
            length += trait.KeyLength + (trait.ValueLength == 0 ? Null.Length : trait.ValueLength)
                + (_marksTransient && trait.IsTransient ? Transient.Length : 0);
        }

        return length - 1; // no comma behind the last
    }

    private int WriteTraits(Span<byte> destination, int at)
    {
        if (_hidesTraits || _request.Traits.IsEmpty)
        {
            return at;
        }

        var sent = FindSent();
        if (!sent.IsEmpty)
        {
            return Copy(sent, destination, at);
        }

        foreach (ref readonly var trait in _request.Traits)
        {
            at = Copy(BeforeKey, destination, at);
            at = Copy(_body.Slice(trait.KeyStart, trait.KeyLength), destination, at);
            at = Copy(BeforeValue, destination, at);
            at = Copy(trait.ValueLength == 0 ? Null : _body.Slice(trait.ValueStart, trait.ValueLength), destination, at);
            at = _marksTransient && trait.IsTransient ? Copy(Transient, destination, at) : at;
            at = Copy("},"u8, destination, at);
        }

        return at - 1;
    }

    /// <summary>
    /// Returns the traits as they were sent, if they were sent exactly as the answer has them; else nothing. That is so if they are as
    /// long: what an answer has of a trait is the least that it can be sent as, in this order.
    /// </summary>
    private ReadOnlySpan<byte> FindSent()
    {
        var traits = _request.Traits;
        foreach (ref readonly var trait in traits)
        {
            if (trait.ValueStart < trait.KeyStart || trait.ValueLength == 0 || (_marksTransient && trait.IsTransient))
            {
                return default;
            }
        }

        ref readonly var last = ref traits[^1];
        var start = traits[0].KeyStart - BeforeKey.Length;
        var end = last.ValueStart + last.ValueLength + 1;
        return start >= 0 && end - start == _traitsLength && _body[start..].StartsWith(BeforeKey) && _body[end - 1] == (byte)'}'
            ? _body[start..end]
            : default;
    }

    private static int Copy(ReadOnlySpan<byte> source, Span<byte> destination, int at)
    {
        source.CopyTo(destination[at..]);
        return at + source.Length;
    }
}
