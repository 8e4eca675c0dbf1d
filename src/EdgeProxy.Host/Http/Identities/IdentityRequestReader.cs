using System.Text.Json;
using System.Text.Unicode;

namespace EdgeProxy.Host.Http.Identities;

/// <summary>
/// Reads the body of <c>POST /api/v1/identities/</c> in one pass: traits go straight into the slots of the frame, and
/// nothing is copied that no condition looks at. Of repeated names the last counts, as everywhere in JSON.
/// </summary>
internal ref struct IdentityRequestReader
{
    private const int MostCharacters = 2000;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1000 };

    private readonly ReadOnlySpan<byte> _body;
    private readonly IdentityRequest _request;
    private readonly bool _takesTraits;
    private Utf8JsonReader _reader;
    private RequestProblem? _identifierProblem;
    private RequestProblem? _traitsProblem;

    private IdentityRequestReader(ReadOnlySpan<byte> body, IdentityRequest request, bool takesTraits)
    {
        _body = body;
        _request = request;
        _takesTraits = takesTraits;
        _reader = new Utf8JsonReader(body, Options);
    }

    /// <summary>Reads a body; what is wrong with it is noted in the request.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="request">Takes what was read; its frame has begun.</param>
    /// <param name="takesTraits">Whether traits count; if not they are checked and forgotten.</param>
    public static void Read(ReadOnlySpan<byte> body, IdentityRequest request, bool takesTraits)
    {
        if (body.Trim(" \t\r\n"u8).IsEmpty)
        {
            request.Problem = RequestProblem.Missing("body");
            return;
        }

        if (!Utf8.IsValid(body))
        {
            request.Problem = RequestProblem.InvalidJson(FirstInvalid(body));
            return;
        }

        var reader = new IdentityRequestReader(body, request, takesTraits);
        try
        {
            request.Problem = reader.ReadBody();
        }
        catch (JsonException)
        {
            request.Problem = RequestProblem.InvalidJson(reader._reader.BytesConsumed);
        }
    }

    private RequestProblem? ReadBody()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return ReadToEnd(RequestProblem.Missing("body"));
        }

        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            _reader.Skip();
            return ReadToEnd(RequestProblem.NotAnObject("body"));
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("identifier"u8))
            {
                _reader.Read();
                _identifierProblem = ReadIdentifier();
            }
            else if (_reader.ValueTextEquals("traits"u8))
            {
                _reader.Read();
                _request.ForgetTraits();
                _traitsProblem = null;
                ReadTraits();
            }
            else
            {
                _reader.Skip();
            }
        }

        return ReadToEnd(_identifierProblem ?? _traitsProblem);
    }

    /// <summary>Whatever else is wrong, a body that is not JSON is not JSON.</summary>
    private RequestProblem? ReadToEnd(RequestProblem? problem)
    {
        while (_reader.Read())
        {
            // The reader throws if anything follows.
        }

        return problem;
    }

    private RequestProblem? ReadIdentifier()
    {
        _request.IdentifierToken = default;
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (_reader.TokenType != JsonTokenType.String)
        {
            _reader.Skip();
            return RequestProblem.NotAString("body", "identifier");
        }

        if (!TryGetText(out _))
        {
            return RequestProblem.NotUnicode("body", "identifier");
        }

        _request.IdentifierToken = (int)_reader.TokenStartIndex..(int)_reader.BytesConsumed;
        return null;
    }

    private void ReadTraits()
    {
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            _reader.Skip();
            _traitsProblem = RequestProblem.NotAList("body", "traits");
            return;
        }

        var depth = _reader.CurrentDepth;
        for (var index = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; index++)
        {
            _traitsProblem = ReadTrait(index);
            if (_traitsProblem is not null)
            {
                LeaveArray(depth);
                return;
            }
        }
    }

    /// <summary>The first offence is enough; the rest is only read as JSON.</summary>
    private void LeaveArray(int depth)
    {
        while (_reader.Read() && !(_reader.TokenType == JsonTokenType.EndArray && _reader.CurrentDepth == depth))
        {
        }
    }

    private RequestProblem? ReadTrait(int index)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            _reader.Skip();
            return RequestProblem.NotAnObject("body", "traits", index);
        }

        var key = default(Token);
        var value = default(Token);
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("trait_key"u8))
            {
                _reader.Read();
                key = ReadToken();
            }
            else if (_reader.ValueTextEquals("trait_value"u8))
            {
                _reader.Read();
                value = ReadToken();
            }
            else
            {
                _reader.Skip();
            }
        }

        return AddTrait(index, in key, in value);
    }

    /// <summary>The token that the reader is at, to its end.</summary>
    private Token ReadToken()
    {
        var start = (int)_reader.TokenStartIndex;
        var type = _reader.TokenType;
        var isEscaped = type == JsonTokenType.String && _reader.ValueIsEscaped;
        _reader.Skip();
        return new Token(type, start, (int)_reader.BytesConsumed - start, isEscaped);
    }

    private RequestProblem? AddTrait(int index, scoped in Token key, scoped in Token value)
    {
        if (key.Type != JsonTokenType.String)
        {
            return key.Type == JsonTokenType.None
                ? RequestProblem.Missing("body", "traits", index, "trait_key")
                : RequestProblem.NotAString("body", "traits", index, "trait_key");
        }

        // Key and value may both have to be unescaped: the key into the first half of the scratch, the value behind it.
        var scratch = _request.Scratch(key.Length + value.Length);
        if (!TryGetText(in key, scratch, out var keyText))
        {
            return RequestProblem.NotUnicode("body", "traits", index, "trait_key");
        }

        var valueText = default(ReadOnlySpan<byte>);
        switch (value.Type)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                return RequestProblem.NotAString("body", "traits", index, "trait_value");
            case JsonTokenType.String when !TryGetText(in value, scratch[key.Length..], out valueText):
                return RequestProblem.NotUnicode("body", "traits", index, "trait_value");
            case JsonTokenType.String when JsonStrings.IsLongerThan(valueText, MostCharacters):
                return RequestProblem.TooLong(MostCharacters, "body", "traits", index, "trait_value");
        }

        if (_takesTraits)
        {
            SetTrait(keyText, in value, valueText);
            _request.Add(new TraitTokens(key.Start, key.Length, value.Start, value.Length));
        }

        return null;
    }

    private readonly void SetTrait(ReadOnlySpan<byte> key, in Token value, ReadOnlySpan<byte> text)
    {
        var frame = _request.Frame;
        switch (value.Type)
        {
            case JsonTokenType.String:
                frame.SetTraitText(key, text);
                break;
            case JsonTokenType.Number:
                frame.SetTraitNumber(key, _body.Slice(value.Start, value.Length));
                break;
            case JsonTokenType.True or JsonTokenType.False:
                frame.SetTraitBoolean(key, value.Type == JsonTokenType.True);
                break;
            default:
                frame.SetTraitNull(key);
                break;
        }
    }

    private readonly bool TryGetText(out ReadOnlySpan<byte> text)
    {
        var start = (int)_reader.TokenStartIndex;
        var token = new Token(JsonTokenType.String, start, (int)_reader.BytesConsumed - start, _reader.ValueIsEscaped);
        return TryGetText(in token, _request.Scratch(token.Length), out text);
    }

    private readonly bool TryGetText(scoped in Token token, Span<byte> scratch, out ReadOnlySpan<byte> text)
    {
        text = _body.Slice(token.Start + 1, token.Length - 2); // without its quotes
        if (!token.IsEscaped)
        {
            return true;
        }

        var isUnicode = JsonStrings.TryUnescape(text, scratch, out var written);
        text = scratch[..written];
        return isUnicode;
    }

    private static long FirstInvalid(ReadOnlySpan<byte> body)
    {
        var valid = 0;
        while (System.Text.Rune.DecodeFromUtf8(body[valid..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            valid += consumed;
        }

        return valid;
    }

    private readonly record struct Token(JsonTokenType Type, int Start, int Length, bool IsEscaped);
}
