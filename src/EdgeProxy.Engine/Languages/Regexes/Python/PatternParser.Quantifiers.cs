using static EdgeProxy.Engine.Languages.Regexes.PatternNode;

namespace EdgeProxy.Engine.Languages.Regexes.Python;

internal sealed partial class PatternParser
{
    /// <summary>Reads what follows the token; a brace that does not begin a quantifier is a character like any other.</summary>
    private bool TryParseQuantifier(PatternToken token, out uint min, out uint max)
    {
        (min, max) = token.Value switch
        {
            '?' => (0u, 1u),
            '+' => (1u, Unlimited),
            _ => (0u, Unlimited),
        };
        return token.Value != '{' || TryParseCounts(ref min, ref max);
    }

    private bool TryParseCounts(ref uint min, ref uint max)
    {
        var start = _scanner.Position;
        if (_scanner.Next.Is('}'))
        {
            return false;
        }

        var low = TakeCount();
        var high = _scanner.TakeIf(',') ? TakeCount() : low;
        if (!_scanner.TakeIf('}'))
        {
            _scanner.Rewind(start);
            return false;
        }

        min = low ?? min;
        max = high ?? max;
        return max < min ? throw new PatternException("min repeat greater than max repeat", start) : true;
    }

    private uint? TakeCount()
    {
        ulong? count = null;
        while (_scanner.Next.IsAsciiDigit)
        {
            var digit = (ulong)(_scanner.Take().Value - '0');
            count = Math.Min((count ?? 0) * 10 + digit, Unlimited);
        }

        return count >= Unlimited ? throw _scanner.Error("the repetition number is too large") : (uint?)count;
    }

    private void ReplaceLastByRepetition(List<PatternNode> items, int start, uint min, uint max)
    {
        var body = items.Count == 0 ? null : items[^1];
        switch (body)
        {
            case null or Anchor:
                throw new PatternException("nothing to repeat", start);
            case Repeat:
                throw new PatternException("multiple repeat", start);
        }

        var mode = _scanner.TakeIf('?') ? RepeatMode.Lazy
            : _scanner.TakeIf('+') ? RepeatMode.Possessive
            : RepeatMode.Greedy;
        _isRegular &= mode != RepeatMode.Possessive;
        items[^1] = new Repeat(body, min, max, mode);
    }
}
