namespace EdgeProxy.Engine.Languages.JsonPaths.Filters;

/// <summary><c>a || b || c</c>; a list, not a tree, so that a long one does not nest.</summary>
internal sealed class OrExpression(IReadOnlyList<LogicalExpression> terms) : LogicalExpression
{
    public override bool Test(PathEvaluation evaluation, PathNode current)
    {
        foreach (var term in terms)
        {
            if (!evaluation.TrySpend(1))
            {
                return false;
            }

            if (term.Test(evaluation, current))
            {
                return true;
            }
        }

        return false;
    }
}
