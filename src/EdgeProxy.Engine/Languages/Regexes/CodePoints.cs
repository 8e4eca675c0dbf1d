namespace EdgeProxy.Engine.Languages.Regexes;

/// <summary>
/// Reads UTF-16 as what patterns match: a surrogate pair is one code point, and so is a surrogate on its own.
/// </summary>
internal static class CodePoints
{
    public const int Max = 0x10FFFF;

    /// <summary>The code point at a position before the end, and how many characters it takes.</summary>
    public static int At(ReadOnlySpan<char> text, int position, out int length)
    {
        var first = text[position];
        if (char.IsHighSurrogate(first) && position + 1 < text.Length && char.IsLowSurrogate(text[position + 1]))
        {
            length = 2;
            return char.ConvertToUtf32(first, text[position + 1]);
        }

        length = 1;
        return first;
    }

    /// <summary>The code point that ends at a position after the start, and how many characters it takes.</summary>
    public static int Before(ReadOnlySpan<char> text, int position, out int length)
    {
        var last = text[position - 1];
        if (char.IsLowSurrogate(last) && position > 1 && char.IsHighSurrogate(text[position - 2]))
        {
            length = 2;
            return char.ConvertToUtf32(text[position - 2], last);
        }

        length = 1;
        return last;
    }

    public static int[] FromText(string text)
    {
        var codePoints = new List<int>(text.Length);
        for (var position = 0; position < text.Length;)
        {
            codePoints.Add(At(text, position, out var length));
            position += length;
        }

        return [.. codePoints];
    }

    public static string ToText(int codePoint) => codePoint switch
    {
        < 0 => "",
        <= char.MaxValue => ((char)codePoint).ToString(),
        _ => char.ConvertFromUtf32(codePoint),
    };
}
