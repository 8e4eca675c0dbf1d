namespace EdgeProxy.Engine.Languages.Regexes;

/// <summary>A condition on a place between two characters.</summary>
internal enum AnchorKind
{
    /// <summary>The start of the text: <c>^</c>.</summary>
    TextStart,

    /// <summary>The start of the text, or behind a newline: <c>^</c> where there are lines.</summary>
    LineStart,

    /// <summary>The end of the text.</summary>
    TextEnd,

    /// <summary>The end of the text, or before a newline that ends it: Python's <c>$</c>.</summary>
    TextEndOrLastNewline,

    /// <summary>The end of the text, or before a newline: <c>$</c> where there are lines.</summary>
    LineEnd,

    /// <summary><c>\b</c>.</summary>
    WordBoundary,

    /// <summary><c>\B</c>.</summary>
    NotWordBoundary,

    /// <summary><c>\b</c> where only ASCII is word characters.</summary>
    AsciiWordBoundary,

    /// <summary><c>\B</c> where only ASCII is word characters.</summary>
    NotAsciiWordBoundary,
}
