namespace EdgeProxy.Engine.Values;

/// <summary>Shortens text for people.</summary>
internal static class ShortText
{
    /// <summary>Truncates a text that is longer than a limit. Splits no surrogate pair.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">The limit in UTF-16 units, at least 1.</param>
    /// <param name="mark">The mark behind a truncated text.</param>
    public static string Truncate(string text, int maxLength, string mark = "…")
    {
        if (text.Length <= maxLength)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return string.Concat(text.AsSpan(0, end), mark);
    }
}
