using System.Text.Json;
using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Host.Http.Identities;

/// <summary>
/// Identities and traits as JSON: limits, texts and values, which are the same in bodies of the SDK API and of OFREP.
/// Allocates nothing.
/// </summary>
internal static class IdentityJson
{
    /// <summary>The maximum length of an identifier, a trait's key or its text, in code points.</summary>
    public const int MaxCharacters = 2000;

    /// <summary>The maximum length of a number.</summary>
    public const int MaxNumberCharacters = 1024;

    /// <summary>The maximum depth of nesting.</summary>
    public const int MaxDepth = 1000;

    // A text with more bytes than this is too long in any case.
    private const int MaxTextBytes = MaxCharacters * 12;

    /// <summary>The options of readers.</summary>
    public static JsonReaderOptions Options { get; } = new() { MaxDepth = MaxDepth };

    /// <summary>The length of the scratch buffer that <see cref="ReadText"/> needs.</summary>
    public static int ScratchFor(in JsonToken token) => Math.Min(token.Length, MaxTextBytes);

    /// <summary>Reads a text; rejecting a long one costs little.</summary>
    /// <param name="body">The body, valid UTF-8.</param>
    /// <param name="token">A string or a name.</param>
    /// <param name="scratch">Receives the text if it has escapes.</param>
    /// <param name="text">The text without its escapes.</param>
    public static TextResult ReadText(ReadOnlySpan<byte> body, scoped in JsonToken token, Span<byte> scratch, out ReadOnlySpan<byte> text)
    {
        text = JsonStrings.WithoutQuotes(token.In(body));
        if (JsonStrings.IsSurelyLongerThan(text, MaxCharacters))
        {
            return TextResult.TooLong;
        }

        if (token.IsEscaped)
        {
            if (!JsonStrings.TryUnescape(text, scratch, out var written))
            {
                return TextResult.NotUnicode;
            }

            text = scratch[..written];
        }

        return JsonStrings.IsLongerThan(text, MaxCharacters) ? TextResult.TooLong : TextResult.Ok;
    }

    /// <summary>Sets a trait; to null, if its value is not a scalar.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="key">The key.</param>
    /// <param name="body">The body.</param>
    /// <param name="value">The value in the body.</param>
    /// <param name="text">The text of a value that is a string.</param>
    public static void SetTrait(EvaluationFrame frame, ReadOnlySpan<byte> key, ReadOnlySpan<byte> body, in JsonToken value, ReadOnlySpan<byte> text)
    {
        switch (value.Type)
        {
            case JsonTokenType.String:
                frame.SetTraitText(key, text);
                break;
            case JsonTokenType.Number:
                frame.SetTraitNumber(key, value.In(body));
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
