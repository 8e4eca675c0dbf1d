using System.Text.Json;

namespace EdgeProxy.Host.Http.Identities;

/// <content>The list of traits.</content>
internal ref partial struct IdentityRequestReader
{
    private const int MaxNumberCharacters = 1024;

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
            _traitsProblem = index < _maxTraits ? ReadTrait(index) : RequestProblem.TooMany(_maxTraits, "body", "traits");
            if (_traitsProblem is not null)
            {
                LeaveArray(depth);
                return;
            }
        }
    }

    /// <summary>Records the first error; the rest is only checked as JSON.</summary>
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
        var isTransient = false;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IsName("trait_key"u8))
            {
                _reader.Read();
                key = ReadToken();
            }
            else if (IsName("trait_value"u8))
            {
                _reader.Read();
                value = ReadValue();
            }
            else if (IsName("transient"u8))
            {
                isTransient = ReadTransient();
            }
            else
            {
                _reader.Skip();
            }
        }

        return AddTrait(index, in key, in value, isTransient);
    }

    private bool ReadTransient()
    {
        _reader.Read();
        var isTransient = _reader.TokenType is not (JsonTokenType.False or JsonTokenType.Null);
        _reader.Skip();
        return isTransient;
    }

    private readonly bool IsName(ReadOnlySpan<byte> name) => JsonStrings.IsName(in _reader, name);

    /// <summary>Skips to the end of the current token.</summary>
    private Token ReadToken()
    {
        var start = (int)_reader.TokenStartIndex;
        var type = _reader.TokenType;
        var isEscaped = type == JsonTokenType.String && _reader.ValueIsEscaped;
        _reader.Skip();
        return new Token(type, start, (int)_reader.BytesConsumed - start, isEscaped);
    }

    /// <summary>
    /// Reads the value of a trait, which may be wrapped: <c>{"value":…,"type":…}</c>, as the Elixir SDK sends every trait.
    /// </summary>
    private Token ReadValue()
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            return ReadToken();
        }

        var wrapped = new Token(JsonTokenType.StartObject, (int)_reader.TokenStartIndex, 0, IsEscaped: false);
        var value = wrapped;
        var isValue = true;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IsName("value"u8))
            {
                _reader.Read();
                value = ReadToken();
            }
            else if (IsName("type"u8))
            {
                _reader.Read();
                isValue &= _reader.TokenType == JsonTokenType.String && (IsName("string"u8) || IsName("integer"u8) || IsName("float"u8) || IsName("boolean"u8));
                _reader.Skip();
            }
            else
            {
                isValue = false;
                _reader.Skip();
            }
        }

        return isValue ? value : wrapped; // a value that is an object or an array is rejected like one that is not wrapped
    }

    private RequestProblem? AddTrait(int index, scoped in Token key, scoped in Token value, bool isTransient)
    {
        if (key.Type != JsonTokenType.String)
        {
            return key.Type == JsonTokenType.None
                ? RequestProblem.Missing("body", "traits", index, "trait_key")
                : RequestProblem.NotAString("body", "traits", index, "trait_key");
        }

        // Key and value may both have to be unescaped: the key into the first half of the scratch, the value behind it.
        var keyRoom = Math.Min(key.Length, MaxTextBytes);
        var scratch = _request.Scratch(keyRoom + Math.Min(value.Length, MaxTextBytes));
        switch (ReadText(in key, scratch, out var keyText))
        {
            case TextResult.TooLong:
                return RequestProblem.TooLong(MaxCharacters, "body", "traits", index, "trait_key");
            case TextResult.NotUnicode:
                return RequestProblem.NotUnicode("body", "traits", index, "trait_key");
        }

        var valueText = default(ReadOnlySpan<byte>);
        switch (value.Type)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                return RequestProblem.NotAString("body", "traits", index, "trait_value");
            case JsonTokenType.Number when value.Length > MaxNumberCharacters:
                return RequestProblem.TooLong(MaxNumberCharacters, "body", "traits", index, "trait_value");
            case JsonTokenType.String:
                switch (ReadText(in value, scratch[keyRoom..], out valueText))
                {
                    case TextResult.TooLong:
                        return RequestProblem.TooLong(MaxCharacters, "body", "traits", index, "trait_value");
                    case TextResult.NotUnicode:
                        return RequestProblem.NotUnicode("body", "traits", index, "trait_value");
                }

                break;
        }

        if (_acceptsTraits)
        {
            SetTrait(keyText, in value, valueText);
        }

        _request.Add(new TraitTokens(key.Start, key.Length, value.Start, value.Length, isTransient));
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
}
