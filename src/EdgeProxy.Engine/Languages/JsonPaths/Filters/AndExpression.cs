namespace EdgeProxy.Engine.Languages.JsonPaths.Filters;

/// <summary><c>a &amp;&amp; b &amp;&amp; c</c>; a list, not a tree, so that a long one does not nest.</summary>
internal sealed class AndExpression(IReadOnlyList<LogicalExpression> terms) : LogicalExpression
{
    public override bool Test(PathEvaluation evaluation, PathNode current)
    {
        foreach (var term in terms)
        {
            if (!evaluation.TrySpend(1) || !term.Test(evaluation, current))
            {
                return false;
            }
        }

        return true;
    }
}
