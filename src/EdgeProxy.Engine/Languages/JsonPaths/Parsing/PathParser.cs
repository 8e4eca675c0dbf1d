using System.Globalization;
using EdgeProxy.Engine.Languages.Parsing;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Languages.JsonPaths.Parsing;

/// <summary>
/// Reads JSONPath by recursive descent along the grammar of RFC 9535, appendix A. Methods are named after its rules,
/// start where their rule starts, and return null when the text does not fit, after the first of them noted why. Blanks
/// are skipped exactly where the grammar has an <c>S</c>. Used once.
/// </summary>
internal sealed partial class PathParser(string text, StepBudget? budget = null)
{
    /// <summary>
    /// The maximum nesting depth of filters, parentheses and function calls. The grammar has no limit; the stack has
    /// one, and parsing and evaluation both recurse here and nowhere else.
    /// </summary>
    public const int MaxDepth = 64;

    private readonly TextCursor _cursor = new(text);
    private string? _error;
    private int _depth;

    /// <summary>The error, after a failure.</summary>
    public string Error => _error ?? "";

    /// <summary><c>jsonpath-query</c>, and nothing before or after it.</summary>
    public SegmentChain? ParseQuery()
    {
        if (!_cursor.TryTake('$'))
        {
            return Fail<SegmentChain>("'$' expected");
        }

        var segments = Segments();
        return segments is null || _cursor.AtEnd ? segments : Fail<SegmentChain>("'.', '[' or the end expected");
    }

    /// <summary>Notes what is wrong, and where, if not here. Always false.</summary>
    private bool Fail(string problem, int? offset = null)
    {
        _error ??= string.Create(CultureInfo.InvariantCulture, $"{problem} at offset {offset ?? _cursor.Offset}");
        return false;
    }

    /// <summary>The same for methods that return what they read. Always null.</summary>
    private T? Fail<T>(string problem, int? offset = null)
        where T : class
    {
        Fail(problem, offset);
        return null;
    }

    /// <summary>Guards what nests; to be paired with <c>_depth--</c> on success.</summary>
    private bool TryNest()
    {
        _depth++;
        return _depth <= MaxDepth || Fail("nested too deeply");
    }

    /// <summary><c>S</c>: returns whether there were blanks.</summary>
    private bool SkipBlanks() => !_cursor.TakeWhile(static unit => unit is ' ' or '\t' or '\n' or '\r').IsEmpty;

    /// <summary>Blanks, then the text if it is there; if not the cursor stays, for such blanks may not belong here.</summary>
    private bool TryTakeAfterBlanks(string wanted)
    {
        var start = _cursor.Offset;
        SkipBlanks();
        if (_cursor.TryTake(wanted))
        {
            return true;
        }

        _cursor.Offset = start;
        return false;
    }
}
