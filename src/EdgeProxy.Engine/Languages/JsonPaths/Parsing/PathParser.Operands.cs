using EdgeProxy.Engine.Languages.JsonPaths.Filters;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Languages.JsonPaths.Parsing;

internal sealed partial class PathParser
{
    /// <summary>Parses an operand, for which the grammar has many names: a literal, a query, or a function call.</summary>
    private FilterExpression? Operand()
    {
        switch (_cursor.Current)
        {
            case '$' or '@':
                var fromRoot = _cursor.Current == '$';
                _cursor.Advance();
                return Segments() is { } segments ? new NodesExpression(fromRoot, segments) : null;
            case '\'' or '"':
                return StringLiteral() is { } literal ? new LiteralValue(literal) : null;
            case '-' or (>= '0' and <= '9'):
                return NumberLiteral() is { } number ? new LiteralValue(number) : null;
            case >= 'a' and <= 'z':
                return KeywordOrCall();
            default:
                return Fail<FilterExpression>("query, literal or function expected");
        }
    }

    private FilterExpression? KeywordOrCall()
    {
        var name = _cursor.TakeWhile(static unit => unit == '_' || char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit));
        if (_cursor.Current == '(')
        {
            return FunctionCall(name.ToString());
        }

        return name switch
        {
            "true" => new LiteralValue(true),
            "false" => new LiteralValue(false),
            "null" => new LiteralValue(ScalarValue.Null),
            _ => Fail<FilterExpression>("'(' expected"),
        };
    }

    /// <summary><c>function-expr</c> from its parenthesis on. Arguments that no function takes are not even read.</summary>
    private FilterExpression? FunctionCall(string name)
    {
        var start = _cursor.Offset;
        _cursor.Advance();
        SkipBlanks();
        var arguments = new List<FilterExpression>();
        if (!_cursor.TryTake(')') && (!TryNest() || !TryArguments(arguments)))
        {
            return null;
        }

        return (name, arguments) switch
        {
            ("length", [var value]) when ToValue(value) is { } argument => new LengthCall(argument),
            ("count", [NodesExpression query]) => new CountCall(query),
            ("value", [NodesExpression query]) => new ValueCall(query),
            ("match" or "search", [var value, var pattern]) when ToValue(value) is { } first && ToValue(pattern) is { } second =>
                new RegexpCall(first, second, whole: name == "match", budget),
            ("length" or "count" or "value" or "match" or "search", _) =>
                Fail<FilterExpression>($"arguments that {name}() does not take", start),
            _ => Fail<FilterExpression>("arguments for a function that there is not", start),
        };
    }

    private bool TryArguments(List<FilterExpression> arguments)
    {
        do
        {
            SkipBlanks();
            if (Operand() is not { } argument)
            {
                return false;
            }

            arguments.Add(argument);
        }
        while (TryTakeAfterBlanks(","));

        _depth--;
        return TryTakeAfterBlanks(")") || Fail("',' or ')' expected");
    }

    /// <summary>A literal, a call that gives a value, or a query that leads to one node at most; null for the rest.</summary>
    private static ValueExpression? ToValue(FilterExpression expression) =>
        expression is NodesExpression { IsSingular: true } query ? new SingularValue(query) : expression as ValueExpression;

    /// <summary>A query, for its existence, or a call that gives a truth; a value by itself is neither true nor false.</summary>
    private LogicalExpression? ToTest(FilterExpression expression, int start) => expression switch
    {
        NodesExpression query => new ExistenceTest(query),
        LogicalExpression logical => logical,
        _ => Fail<LogicalExpression>("value that is not compared with anything", start),
    };
}
