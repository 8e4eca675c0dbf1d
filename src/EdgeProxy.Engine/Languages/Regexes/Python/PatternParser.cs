using static EdgeProxy.Engine.Languages.Regexes.PatternNode;

namespace EdgeProxy.Engine.Languages.Regexes.Python;

/// <summary>
/// Reads a pattern by the rules of Python's <c>re</c> (3.12): what is a quantifier, what can be repeated, which escapes
/// exist, where flags may stand, and all the errors. Throws <see cref="PatternException"/>.
/// </summary>
internal sealed partial class PatternParser
{
    // Deeper than anybody writes, and shallow enough for the smallest stack: parsing and compiling recurse.
    private const int MaxNesting = 200;

    // Far longer than anybody writes; building the worst pattern of this length takes tens of milliseconds.
    private const int MaxLength = 20_000;

    private static readonly CodePointSet AllButNewline = new([('\n', '\n')], isNegated: true);

    private readonly PatternScanner _scanner;
    private readonly HashSet<int> _referencedGroups = [];
    private PatternFlags _globalFlags;
    private bool _isRegular = true;

    private PatternParser(string pattern)
    {
        _scanner = new PatternScanner(pattern);
    }

    public static ParsedPattern Parse(string pattern)
    {
        if (pattern.Length > MaxLength)
        {
            throw new PatternException($"too large: more than {MaxLength} characters");
        }

        var parser = new PatternParser(pattern);
        var root = parser.ParseAlternation(PatternFlags.None, nesting: 0);
        if (!parser._scanner.Next.IsEnd)
        {
            throw parser._scanner.Error("unbalanced parenthesis");
        }

        parser.CheckGlobalFlags();
        parser.CheckConditions();
        return new ParsedPattern(root, parser._referencedGroups, parser._isRegular);
    }

    private PatternNode ParseAlternation(PatternFlags flags, int nesting)
    {
        var options = new List<PatternNode>();
        do
        {
            var isTop = nesting == 0;
            options.Add(ParseSequence(isTop ? _globalFlags : flags, nesting, mayTurnOnFlags: isTop && options.Count == 0));
        }
        while (_scanner.TakeIf('|'));

        return options.Count == 1 ? options[0] : new Alternation(options);
    }

    private Sequence ParseSequence(PatternFlags flags, int nesting, bool mayTurnOnFlags)
    {
        if (nesting > MaxNesting)
        {
            throw _scanner.Error("nested too deeply");
        }

        var items = new List<PatternNode>();
        while (!_scanner.Next.IsEnd && !_scanner.Next.IsOneOf("|)"))
        {
            var start = _scanner.Position;
            var token = _scanner.Take();
            if (flags.HasFlag(PatternFlags.Verbose) && SkipBlank(token))
            {
                continue;
            }

            if (token.Is('('))
            {
                if (ParseGroup(flags, nesting, start, mayTurnOnFlags && items.Count == 0) is { } group)
                {
                    items.Add(group);
                }
                else if (nesting == 0)
                {
                    flags = _globalFlags;
                }
            }
            else if (token.IsOneOf("*+?{") && TryParseQuantifier(token, out var min, out var max))
            {
                ReplaceLastByRepetition(items, start, min, max);
            }
            else
            {
                items.Add(ParseSingle(token, start, flags));
            }
        }

        return new Sequence(items);
    }

    private PatternNode ParseSingle(PatternToken token, int start, PatternFlags flags)
    {
        if (token.IsEscape)
        {
            return ParseEscape(token, flags);
        }

        var isMultiline = flags.HasFlag(PatternFlags.Multiline);
        return token.Value switch
        {
            '.' => new Characters(flags.HasFlag(PatternFlags.DotAll) ? CodePointSet.All : AllButNewline),
            '^' => new Anchor(isMultiline ? AnchorKind.LineStart : AnchorKind.TextStart),
            '$' => new Anchor(isMultiline ? AnchorKind.LineEnd : AnchorKind.TextEndOrLastNewline),
            '[' => new Characters(ParseSet(start, flags)),
            _ => Literal(token.Value, flags),
        };
    }

    private static Characters Literal(int codePoint, PatternFlags flags) => new(CodePointSetBuilder.Single(codePoint, flags));

    /// <summary>In verbose mode, white space and comments up to the end of the line mean nothing.</summary>
    private bool SkipBlank(PatternToken token)
    {
        if (!token.Is('#'))
        {
            return token.IsOneOf(" \t\n\r\v\f");
        }

        while (!_scanner.Next.IsEnd && !_scanner.Take().Is('\n'))
        {
        }

        return true;
    }
}
