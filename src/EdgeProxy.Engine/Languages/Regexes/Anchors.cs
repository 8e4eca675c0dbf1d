namespace EdgeProxy.Engine.Languages.Regexes;

/// <summary>Tests where anchors match.</summary>
internal static class Anchors
{
    public static bool Hold(AnchorKind kind, ReadOnlySpan<char> text, int position) => kind switch
    {
        AnchorKind.TextStart => position == 0,
        AnchorKind.LineStart => position == 0 || text[position - 1] == '\n',
        AnchorKind.TextEnd => position == text.Length,
        AnchorKind.TextEndOrLastNewline =>
            position == text.Length || (position == text.Length - 1 && text[position] == '\n'),
        AnchorKind.LineEnd => position == text.Length || text[position] == '\n',
        AnchorKind.WordBoundary => IsBoundary(text, position),
        AnchorKind.AsciiWordBoundary => IsAsciiBoundary(text, position),

        // Until Python 3.14 an empty text has neither boundaries nor places that are none.
        AnchorKind.NotWordBoundary => !text.IsEmpty && !IsBoundary(text, position),
        _ => !text.IsEmpty && !IsAsciiBoundary(text, position),
    };

    private static bool IsBoundary(ReadOnlySpan<char> text, int position)
    {
        var before = position > 0 && CharacterClass.IsWord(CodePoints.Before(text, position, out _));
        var after = position < text.Length && CharacterClass.IsWord(CodePoints.At(text, position, out _));
        return before != after;
    }

    private static bool IsAsciiBoundary(ReadOnlySpan<char> text, int position)
    {
        var before = position > 0 && CharacterClass.IsAsciiWord(text[position - 1]);
        var after = position < text.Length && CharacterClass.IsAsciiWord(text[position]);
        return before != after;
    }
}
