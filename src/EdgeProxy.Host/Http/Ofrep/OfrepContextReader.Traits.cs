using System.Text.Json;
using EdgeProxy.Host.Http.Identities;

namespace EdgeProxy.Host.Http.Ofrep;

/// <content>Attributes as traits.</content>
internal ref partial struct OfrepContextReader
{
    /// <summary>Skips to the end of the current token.</summary>
    private static Token ReadToken(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        var type = reader.TokenType;
        if (type == JsonTokenType.PropertyName)
        {
            return new Token(type, start, reader.ValueSpan.Length + 2, reader.ValueIsEscaped); // with its quotes
        }

        var isEscaped = type == JsonTokenType.String && reader.ValueIsEscaped;
        reader.Skip();
        return new Token(type, start, (int)reader.BytesConsumed - start, isEscaped);
    }

    /// <summary>Reads the text of a string; false if it is too long or not Unicode.</summary>
    private static bool TryReadText(ReadOnlySpan<byte> json, scoped in Token token, Span<byte> scratch, out ReadOnlySpan<byte> text)
    {
        text = json.Slice(token.Start + 1, token.Length - 2); // without its quotes
        if (JsonStrings.IsSurelyLongerThan(text, MaxCharacters))
        {
            return false;
        }

        if (token.IsEscaped)
        {
            if (!JsonStrings.TryUnescape(text, scratch, out var written))
            {
                return false;
            }

            text = scratch[..written];
        }

        return !JsonStrings.IsLongerThan(text, MaxCharacters);
    }

    /// <summary>Sets a trait, if it can be one; else it replaces an earlier one of this name by none.</summary>
    /// <param name="start">The place of the text in the body.</param>
    /// <param name="json">The text that the tokens are in.</param>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    private void SetTrait(int start, ReadOnlySpan<byte> json, scoped in Token name, scoped in Token value)
    {
        // Name and value may both have to be unescaped: the name into the first half of the scratch, the value behind it.
        var nameRoom = Math.Min(name.Length, MaxTextBytes);
        var scratch = _request.Scratch(nameRoom + Math.Min(value.Length, MaxTextBytes));
        if (!TryReadText(json, in name, scratch, out var key))
        {
            return;
        }

        var text = default(ReadOnlySpan<byte>);
        var isTrait = value.Type switch
        {
            JsonTokenType.String => TryReadText(json, in value, scratch[nameRoom..], out text),
            JsonTokenType.Number => value.Length <= MaxNumberCharacters,
            JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null => true,
            _ => false,
        };
        if (isTrait && _request.SentTraits.Length < _maxTraits)
        {
            _request.Add(new TraitTokens(start + name.Start, name.Length, start + value.Start, value.Length));
        }

        if (_takesTraits)
        {
            Evaluate(key, isTrait ? value.Type : JsonTokenType.None, text, json.Slice(value.Start, value.Length));
        }
    }

    private void Evaluate(ReadOnlySpan<byte> key, JsonTokenType type, ReadOnlySpan<byte> text, ReadOnlySpan<byte> value)
    {
        var frame = _request.Frame;
        switch (type)
        {
            case JsonTokenType.String:
                frame.SetTraitText(key, text);
                break;
            case JsonTokenType.Number:
                frame.SetTraitNumber(key, value);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                frame.SetTraitBoolean(key, type == JsonTokenType.True);
                break;
            case JsonTokenType.Null:
                frame.SetTraitNull(key);
                CountTrait();
                return;
            default:
                frame.SetTraitNull(key);
                return;
        }

        _hasTraits = true;
        CountTrait();
    }

    private void CountTrait()
    {
        if (++_traits > _maxTraits)
        {
            Report(ContextProblem.TooManyTraits);
        }
    }

    /// <summary>A token of a body, with its quotes.</summary>
    private readonly record struct Token(JsonTokenType Type, int Start, int Length, bool IsEscaped);
}
