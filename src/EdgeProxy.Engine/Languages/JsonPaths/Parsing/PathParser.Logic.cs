using EdgeProxy.Engine.Languages.JsonPaths.Filters;

namespace EdgeProxy.Engine.Languages.JsonPaths.Parsing;

internal sealed partial class PathParser
{
    private const string NotComparable = "neither a literal, nor a singular query, nor a call that gives a value";

    /// <summary>Two characters before their first alone.</summary>
    private static readonly (string Spelling, ComparisonOperator Operator)[] ComparisonOperators =
    [
        ("==", ComparisonOperator.Equal),
        ("!=", ComparisonOperator.NotEqual),
        ("<=", ComparisonOperator.LessOrEqual),
        (">=", ComparisonOperator.GreaterOrEqual),
        ("<", ComparisonOperator.Less),
        (">", ComparisonOperator.Greater),
    ];

    /// <summary><c>logical-expr</c>, which is <c>logical-or-expr</c>.</summary>
    private LogicalExpression? LogicalExpression() =>
        Terms("||", LogicalAndExpression) switch
        {
            null => null,
            [var only] => only,
            var terms => new OrExpression(terms),
        };

    private LogicalExpression? LogicalAndExpression() =>
        Terms("&&", BasicExpression) switch
        {
            null => null,
            [var only] => only,
            var terms => new AndExpression(terms),
        };

    private List<LogicalExpression>? Terms(string separator, Func<LogicalExpression?> term)
    {
        var terms = new List<LogicalExpression>();
        do
        {
            if (terms.Count > 0)
            {
                SkipBlanks();
            }

            if (term() is not { } next)
            {
                return null;
            }

            terms.Add(next);
        }
        while (TryTakeAfterBlanks(separator));

        return terms;
    }

    /// <summary><c>paren-expr</c>, <c>comparison-expr</c> or <c>test-expr</c>; a comparison cannot be negated.</summary>
    private LogicalExpression? BasicExpression()
    {
        if (_cursor.TryTake('!'))
        {
            SkipBlanks();
            return ParenthesesOrTest(mayCompare: false) is { } negated ? new NotExpression(negated) : null;
        }

        return ParenthesesOrTest(mayCompare: true);
    }

    private LogicalExpression? ParenthesesOrTest(bool mayCompare)
    {
        if (_cursor.Current == '(')
        {
            return Parentheses();
        }

        var start = _cursor.Offset;
        if (Operand() is not { } operand)
        {
            return null;
        }

        return mayCompare && TryComparisonOperator(out var comparison)
            ? Comparison(start, operand, comparison)
            : ToTest(operand, start);
    }

    private LogicalExpression? Parentheses()
    {
        _cursor.Advance();
        SkipBlanks();
        if (!TryNest() || LogicalExpression() is not { } expression)
        {
            return null;
        }

        _depth--;
        return TryTakeAfterBlanks(")") ? expression : Fail<LogicalExpression>("')' expected");
    }

    private Comparison? Comparison(int start, FilterExpression left, ComparisonOperator comparison)
    {
        if (ToValue(left) is not { } leftValue)
        {
            return Fail<Comparison>(NotComparable, start);
        }

        SkipBlanks();
        start = _cursor.Offset;
        if (Operand() is not { } right)
        {
            return null;
        }

        return ToValue(right) is { } rightValue
            ? new Comparison(leftValue, comparison, rightValue)
            : Fail<Comparison>(NotComparable, start);
    }

    private bool TryComparisonOperator(out ComparisonOperator comparison)
    {
        var start = _cursor.Offset;
        SkipBlanks();
        foreach (var (spelling, candidate) in ComparisonOperators)
        {
            if (_cursor.TryTake(spelling))
            {
                comparison = candidate;
                return true;
            }
        }

        _cursor.Offset = start;
        comparison = default;
        return false;
    }
}
