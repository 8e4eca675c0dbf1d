namespace EdgeProxy.Engine.Regexes;

/// <summary>A condition on a place between two characters.</summary>
internal enum AnchorKind
{
    /// <summary><c>\A</c>, and <c>^</c> without MULTILINE.</summary>
    TextStart,

    /// <summary><c>^</c> with MULTILINE.</summary>
    LineStart,

    /// <summary><c>\Z</c>.</summary>
    TextEnd,

    /// <summary><c>$</c> without MULTILINE: at the end, or before a newline that ends the text.</summary>
    TextEndOrLastNewline,

    /// <summary><c>$</c> with MULTILINE.</summary>
    LineEnd,

    /// <summary><c>\b</c>.</summary>
    WordBoundary,

    /// <summary><c>\B</c>.</summary>
    NotWordBoundary,

    /// <summary><c>\b</c> with ASCII.</summary>
    AsciiWordBoundary,

    /// <summary><c>\B</c> with ASCII.</summary>
    NotAsciiWordBoundary,
}
