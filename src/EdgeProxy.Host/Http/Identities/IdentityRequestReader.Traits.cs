using System.Text.Json;

namespace EdgeProxy.Host.Http.Identities;

/// <content>The list of traits.</content>
internal ref partial struct IdentityRequestReader
{
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

        var key = default(JsonToken);
        var value = default(JsonToken);
        var isTransient = false;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IsName("trait_key"u8))
            {
                _reader.Read();
                key = JsonToken.Read(ref _reader);
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

    /// <summary>
    /// Reads the value of a trait, which may be wrapped: <c>{"value":…,"type":…}</c>, as the Elixir SDK sends every trait.
    /// </summary>
    private JsonToken ReadValue()
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            return JsonToken.Read(ref _reader);
        }

        var wrapped = new JsonToken(JsonTokenType.StartObject, (int)_reader.TokenStartIndex, 0, IsEscaped: false);
        var value = wrapped;
        var isValue = true;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IsName("value"u8))
            {
                _reader.Read();
                value = JsonToken.Read(ref _reader);
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

    private RequestProblem? AddTrait(int index, scoped in JsonToken key, scoped in JsonToken value, bool isTransient)
    {
        if (key.Type != JsonTokenType.String)
        {
            return key.Type == JsonTokenType.None
                ? RequestProblem.Missing("body", "traits", index, "trait_key")
                : RequestProblem.NotAString("body", "traits", index, "trait_key");
        }

        // Key and value may both have to be unescaped: the key into the first half of the scratch, the value behind it.
        var keyRoom = IdentityJson.ScratchFor(in key);
        var scratch = _request.Scratch(keyRoom + IdentityJson.ScratchFor(in value));
        switch (IdentityJson.ReadText(_body, in key, scratch, out var keyText))
        {
            case TextResult.TooLong:
                return RequestProblem.TooLong(IdentityJson.MaxCharacters, "body", "traits", index, "trait_key");
            case TextResult.NotUnicode:
                return RequestProblem.NotUnicode("body", "traits", index, "trait_key");
        }

        var valueText = default(ReadOnlySpan<byte>);
        switch (value.Type)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                return RequestProblem.NotAString("body", "traits", index, "trait_value");
            case JsonTokenType.Number when value.Length > IdentityJson.MaxNumberCharacters:
                return RequestProblem.TooLong(IdentityJson.MaxNumberCharacters, "body", "traits", index, "trait_value");
            case JsonTokenType.String:
                switch (IdentityJson.ReadText(_body, in value, scratch[keyRoom..], out valueText))
                {
                    case TextResult.TooLong:
                        return RequestProblem.TooLong(IdentityJson.MaxCharacters, "body", "traits", index, "trait_value");
                    case TextResult.NotUnicode:
                        return RequestProblem.NotUnicode("body", "traits", index, "trait_value");
                }

                break;
        }

        if (_acceptsTraits)
        {
            IdentityJson.SetTrait(_request.Frame, keyText, _body, in value, valueText);
        }

        _request.Add(new TraitTokens(key.Start, key.Length, value.Start, value.Length, isTransient));
        return null;
    }
}
