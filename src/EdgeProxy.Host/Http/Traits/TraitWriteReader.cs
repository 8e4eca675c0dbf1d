using System.Text.Json;
using System.Text.Unicode;
using EdgeProxy.Host.Http.Identities;

namespace EdgeProxy.Host.Http.Traits;

/// <summary>Reads the bodies of trait routes (docs/spec/traits.md 1.2 and 1.3). Of repeated names the last counts.</summary>
internal ref struct TraitWriteReader
{
    /// <summary>The largest number of characters of an identifier or a value.</summary>
    public const int MaxTextLength = 2000;

    /// <summary>The largest number of characters of a key.</summary>
    public const int MaxKeyLength = 200;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    private readonly bool _isNullAllowed;
    private Utf8JsonReader _reader;

    private TraitWriteReader(ReadOnlySpan<byte> body, bool isNullAllowed)
    {
        _reader = new Utf8JsonReader(body, Options);
        _isNullAllowed = isNullAllowed;
    }

    /// <summary>Reads one trait.</summary>
    /// <param name="body">The body.</param>
    /// <param name="trait">The trait with its errors.</param>
    /// <returns>The kind of the body; <see cref="JsonTokenType.None"/> if it is not JSON.</returns>
    public static JsonTokenType ReadOne(ReadOnlySpan<byte> body, out TraitWrite trait)
    {
        trait = default;
        if (!Utf8.IsValid(body))
        {
            return JsonTokenType.None;
        }

        var reader = new TraitWriteReader(body, isNullAllowed: false);
        try
        {
            reader._reader.Read();
            var type = reader._reader.TokenType;
            if (type == JsonTokenType.StartObject)
            {
                trait = reader.ReadTrait();
            }

            reader.ReadToEnd();
            return type;
        }
        catch (JsonException)
        {
            return JsonTokenType.None;
        }
    }

    /// <summary>Reads an array of traits.</summary>
    /// <param name="body">The body.</param>
    /// <param name="traits">Takes the traits, errors included.</param>
    /// <param name="most">The largest number of traits.</param>
    /// <returns>False if it is not an array of objects, or has more.</returns>
    public static bool TryReadAll(ReadOnlySpan<byte> body, List<TraitWrite> traits, int most)
    {
        if (!Utf8.IsValid(body))
        {
            return false;
        }

        var reader = new TraitWriteReader(body, isNullAllowed: true);
        try
        {
            reader._reader.Read();
            if (reader._reader.TokenType != JsonTokenType.StartArray)
            {
                return false;
            }

            while (reader._reader.Read() && reader._reader.TokenType == JsonTokenType.StartObject && traits.Count < most)
            {
                traits.Add(reader.ReadTrait());
            }

            var isWhole = reader._reader.TokenType == JsonTokenType.EndArray;
            reader.ReadToEnd();
            return isWhole;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void ReadToEnd()
    {
        while (_reader.Read())
        {
            // The reader throws if anything follows.
        }
    }

    private TraitWrite ReadTrait()
    {
        var trait = new TraitWrite { Identity = TraitProblem.Missing, Key = TraitMember.Missing, Value = TraitMember.Missing };
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IsName("identity"u8))
            {
                _reader.Read();
                ReadIdentity(ref trait);
            }
            else if (IsName("trait_key"u8))
            {
                _reader.Read();
                trait.Key = ReadText(MaxKeyLength);
            }
            else if (IsName("trait_value"u8))
            {
                _reader.Read();
                trait.Value = ReadValue();
            }
            else
            {
                ReadOther(ref trait);
            }
        }

        return trait;
    }

    private void ReadIdentity(ref TraitWrite trait)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            trait.Identity = _reader.TokenType == JsonTokenType.Null ? TraitProblem.Null : TraitProblem.NotAnObject;
            _reader.Skip();
            return;
        }

        trait.Identity = TraitProblem.None;
        trait.Identifier = TraitMember.Missing;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IsName("identifier"u8))
            {
                _reader.Read();
                trait.Identifier = ReadText(MaxTextLength);
            }
            else
            {
                ReadOther(ref trait);
            }
        }
    }

    private void ReadOther(ref TraitWrite trait)
    {
        if (IsName("transient"u8))
        {
            _reader.Read();
            trait.IsTransient |= _reader.TokenType is not (JsonTokenType.False or JsonTokenType.Null);
        }

        _reader.Skip();
    }

    private TraitMember ReadText(int most) => _reader.TokenType switch
    {
        JsonTokenType.String => Member(TextProblem(most, isBlankAllowed: false)),
        JsonTokenType.Null => Member(TraitProblem.Null),
        _ => Member(TraitProblem.NotText),
    };

    private TraitMember ReadValue() => _reader.TokenType switch
    {
        JsonTokenType.String => Member(TextProblem(MaxTextLength, isBlankAllowed: true)),
        JsonTokenType.Null => Member(_isNullAllowed ? TraitProblem.None : TraitProblem.Null),
        JsonTokenType.StartObject or JsonTokenType.StartArray => Member(TraitProblem.NotAScalar),
        _ => Member(_reader.ValueSpan.Length > MaxTextLength ? TraitProblem.TooLong : TraitProblem.None),
    };

    private readonly TraitProblem TextProblem(int most, bool isBlankAllowed)
    {
        var text = _reader.ValueSpan;
        return JsonStrings.IsSurelyLongerThan(text, most) ? TraitProblem.TooLong
            : _reader.ValueIsEscaped ? EscapedProblem(text, most, isBlankAllowed)
            : TextProblem(text, most, isBlankAllowed);
    }

    private static TraitProblem EscapedProblem(ReadOnlySpan<byte> escaped, int most, bool isBlankAllowed)
    {
        Span<byte> room = stackalloc byte[escaped.Length];
        return JsonStrings.TryUnescape(escaped, room, out var length) ? TextProblem(room[..length], most, isBlankAllowed) : TraitProblem.NotUnicode;
    }

    private static TraitProblem TextProblem(ReadOnlySpan<byte> text, int most, bool isBlankAllowed) =>
        JsonStrings.IsLongerThan(text, most) ? TraitProblem.TooLong
        : !isBlankAllowed && JsonStrings.IsBlank(text) ? TraitProblem.Blank
        : TraitProblem.None;

    private TraitMember Member(TraitProblem problem)
    {
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        return new TraitMember(start, (int)_reader.BytesConsumed - start, problem);
    }

    private readonly bool IsName(ReadOnlySpan<byte> name) => JsonStrings.IsName(in _reader, name);
}
