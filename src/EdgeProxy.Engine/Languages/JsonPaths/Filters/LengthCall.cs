using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Languages.JsonPaths.Filters;

/// <summary><c>length(value)</c>: characters of a string (by code point), items, members; Nothing for the rest.</summary>
internal sealed class LengthCall(ValueExpression argument) : ValueExpression
{
    public override PathNode? Evaluate(PathEvaluation evaluation, PathNode current)
    {
        var value = argument.Evaluate(evaluation, current);
        return value switch
        {
            null => null,
            { Kind: not PathNodeKind.Scalar } => PathNode.Of((long)value.ChildCount),
            { Scalar.Kind: ScalarKind.String } => CountCharacters(evaluation, value.Scalar.Text),
            _ => null,
        };
    }

    private static PathNode? CountCharacters(PathEvaluation evaluation, string text)
    {
        const int CharactersAStep = 16;
        if (!evaluation.TrySpend(text.Length / CharactersAStep))
        {
            return null;
        }

        var count = 0L;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return PathNode.Of(count);
    }
}
