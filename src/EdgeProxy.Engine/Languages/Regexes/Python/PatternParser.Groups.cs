using static EdgeProxy.Engine.Languages.Regexes.PatternNode;

namespace EdgeProxy.Engine.Languages.Regexes.Python;

internal sealed partial class PatternParser
{
    /// <summary>Reads what follows an opening parenthesis. Comments and global flags are nothing in the end: null.</summary>
    private PatternNode? ParseGroup(PatternFlags flags, int nesting, int start, bool mayTurnOnFlags)
    {
        if (!_scanner.TakeIf('?'))
        {
            return ParseCapture(name: null, flags, nesting, start);
        }

        var token = TakeInGroup();
        switch (token.IsEscape ? -1 : token.Value)
        {
            case 'P':
                return ParsePythonExtension(flags, nesting, start);
            case ':':
                return new Group(number: null, ParseBody(flags, nesting, start));
            case '#':
                SkipComment(start);
                return null;
            case '=' or '!':
                _isRegular = false;
                return new Look(ParseBody(flags, nesting, start), isBehind: false, isNegative: token.Is('!'));
            case '<':
                return ParseLookbehind(flags, nesting, start);
            case '(':
                return ParseConditional(flags, nesting, start);
            case '>':
                _isRegular = false;
                return new Atomic(ParseBody(flags, nesting, start));
        }

        if (GetFlag(token) == null && !token.IsOneOf("-L"))
        {
            throw _scanner.Error($"unknown extension ?{token}", token.Length + 1);
        }

        if (ParseFlags(token, flags) is { } inner)
        {
            return new Group(number: null, ParseBody(inner, nesting, start));
        }

        return mayTurnOnFlags
            ? null
            : throw new PatternException("global flags not at the start of the expression", start);
    }

    private PatternNode ParsePythonExtension(PatternFlags flags, int nesting, int start)
    {
        if (_scanner.TakeIf('<'))
        {
            return ParseCapture(TakeGroupName('>'), flags, nesting, start);
        }

        if (_scanner.TakeIf('='))
        {
            var name = TakeGroupName(')');
            return ParseReference(FindGroup(name), flags, name.Length + 1);
        }

        var token = TakeInGroup();
        throw _scanner.Error($"unknown extension ?P{token}", token.Length + 2);
    }

    private Group ParseCapture(string? name, PatternFlags flags, int nesting, int start)
    {
        var number = OpenGroup(name);
        var body = ParseBody(flags, nesting, start);
        CloseGroup(number, body.Width);
        return new Group(number, body);
    }

    private Look ParseLookbehind(PatternFlags flags, int nesting, int start)
    {
        var token = TakeInGroup();
        if (!token.IsOneOf("=!"))
        {
            throw _scanner.Error($"unknown extension ?<{token}", token.Length + 2);
        }

        _isRegular = false;
        var outermost = EnterLookbehind();
        var body = ParseBody(flags, nesting, start);
        LeaveLookbehind(outermost);
        return body.Width.IsFixed
            ? new Look(body, isBehind: true, isNegative: token.Is('!'))
            : throw new PatternException("look-behind requires fixed-width pattern", start);
    }

    private Conditional ParseConditional(PatternFlags flags, int nesting, int start)
    {
        _isRegular = false;
        var group = ParseCondition();
        var yes = ParseSequence(flags, nesting + 1, mayTurnOnFlags: false);
        var no = _scanner.TakeIf('|') ? ParseSequence(flags, nesting + 1, mayTurnOnFlags: false) : new Sequence([]);
        if (_scanner.Next.Is('|'))
        {
            throw _scanner.Error("conditional backref with more than two branches");
        }

        Close(start);
        return new Conditional(group, yes, no);
    }

    private PatternNode ParseBody(PatternFlags flags, int nesting, int start)
    {
        var body = ParseAlternation(flags, nesting + 1);
        Close(start);
        return body;
    }

    private void Close(int start)
    {
        if (!_scanner.TakeIf(')'))
        {
            throw new PatternException("missing ), unterminated subpattern", start);
        }
    }

    private void SkipComment(int start)
    {
        while (!_scanner.TakeIf(')'))
        {
            if (_scanner.Take().IsEnd)
            {
                throw new PatternException("missing ), unterminated comment", start);
            }
        }
    }

    private PatternToken TakeInGroup() => _scanner.Next.IsEnd ? throw _scanner.Error("unexpected end of pattern") : _scanner.Take();
}
