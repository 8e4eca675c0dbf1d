using EdgeProxy.Engine.Languages.JsonPaths.Selectors;

namespace EdgeProxy.Engine.Languages.JsonPaths.Parsing;

internal sealed partial class PathParser
{
    private SegmentChain? Segments()
    {
        var segments = new List<PathSegment>();
        while (true)
        {
            var start = _cursor.Offset;
            SkipBlanks();
            if (_cursor.Current is not ('.' or '['))
            {
                _cursor.Offset = start; // blanks belong to a segment only in front of it
                return new SegmentChain(segments);
            }

            if (Segment() is not { } segment)
            {
                return null;
            }

            segments.Add(segment);
        }
    }

    private PathSegment? Segment()
    {
        var descendant = _cursor.TryTake("..");
        if (!descendant && _cursor.TryTake('.'))
        {
            return Shorthand(descendant);
        }

        return _cursor.Current == '[' ? BracketedSelection(descendant) : Shorthand(descendant);
    }

    /// <summary>
    /// Parses a selector without brackets after dots: <c>wildcard-selector</c> or <c>member-name-shorthand</c>.
    /// </summary>
    private PathSegment? Shorthand(bool descendant)
    {
        PathSelector? selector = _cursor.TryTake('*')
            ? new WildcardSelector()
            : MemberNameShorthand() is { } name ? new NameSelector(name) : null;
        return selector is null ? null : new PathSegment([selector], descendant, hasBlanks: false);
    }

    private PathSegment? BracketedSelection(bool descendant)
    {
        _cursor.Advance();
        var selectors = new List<PathSelector>();
        var hasBlanks = false;
        do
        {
            hasBlanks |= SkipBlanks();
            if (Selector() is not { } selector)
            {
                return null;
            }

            selectors.Add(selector);
            hasBlanks |= SkipBlanks();
        }
        while (_cursor.TryTake(','));

        return _cursor.TryTake(']')
            ? new PathSegment(selectors, descendant, hasBlanks)
            : Fail<PathSegment>("',' or ']' expected");
    }

    private PathSelector? Selector()
    {
        switch (_cursor.Current)
        {
            case '\'' or '"':
                return StringLiteral() is { } name ? new NameSelector(name) : null;
            case '*':
                _cursor.Advance();
                return new WildcardSelector();
            case '?':
                return FilterSelector();
            case ':' or '-' or (>= '0' and <= '9'):
                return IndexOrSliceSelector();
            default:
                return Fail<PathSelector>("selector expected");
        }
    }

    private PathSelector? IndexOrSliceSelector()
    {
        if (!TryInteger(out var start))
        {
            return null;
        }

        if (!TryTakeAfterBlanks(":"))
        {
            return new IndexSelector(start!.Value); // there was a digit or a minus sign, or a colon
        }

        SkipBlanks();
        if (!TryInteger(out var end))
        {
            return null;
        }

        long? step = null;
        if (TryTakeAfterBlanks(":"))
        {
            SkipBlanks(); // where no step follows they are those that may stand after any selector
            if (!TryInteger(out step))
            {
                return null;
            }
        }

        return new SliceSelector(start, end, step ?? 1);
    }

    private FilterSelector? FilterSelector()
    {
        _cursor.Advance();
        SkipBlanks();
        if (!TryNest() || LogicalExpression() is not { } condition)
        {
            return null;
        }

        _depth--;
        return new FilterSelector(condition);
    }
}
