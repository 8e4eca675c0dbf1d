using System.Text.Json;
using EdgeProxy.Host.Http.Identities;

namespace EdgeProxy.Host.Http.Ofrep;

/// <content>Attributes as traits.</content>
internal ref partial struct OfrepContextReader
{
    /// <summary>Sets a trait, if it can be one; else it replaces an earlier one of this name by none.</summary>
    /// <param name="start">The place of the text in the body.</param>
    /// <param name="json">The text that the tokens are in.</param>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    private void SetTrait(int start, ReadOnlySpan<byte> json, scoped in JsonToken name, scoped in JsonToken value)
    {
        // Name and value may both have to be unescaped: the name into the first half of the scratch, the value behind it.
        var nameRoom = IdentityJson.ScratchFor(in name);
        var scratch = _request.Scratch(nameRoom + IdentityJson.ScratchFor(in value));
        if (IdentityJson.ReadText(json, in name, scratch, out var key) != TextResult.Ok)
        {
            return;
        }

        var text = default(ReadOnlySpan<byte>);
        var isTrait = value.Type switch
        {
            JsonTokenType.String => IdentityJson.ReadText(json, in value, scratch[nameRoom..], out text) == TextResult.Ok,
            JsonTokenType.Number => value.Length <= IdentityJson.MaxNumberCharacters,
            JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null => true,
            _ => false,
        };
        if (isTrait && _request.SentTraits.Length < _maxTraits)
        {
            _request.Add(new TraitTokens(start + name.Start, name.Length, start + value.Start, value.Length)); // to be stored, perhaps
        }

        if (!_takesTraits)
        {
            return;
        }

        if (!isTrait)
        {
            _request.Frame.SetTraitNull(key);
            return;
        }

        IdentityJson.SetTrait(_request.Frame, key, json, in value, text);
        _hasTraits |= value.Type != JsonTokenType.Null;
        if (++_traits > _maxTraits)
        {
            Report(ContextProblem.TooManyTraits);
        }
    }
}
