namespace EdgeProxy.Engine.Languages.JsonPaths.Filters;

/// <summary>A query by itself: whether there is any such node, whatever its value.</summary>
internal sealed class ExistenceTest(NodesExpression query) : LogicalExpression
{
    public override bool Test(PathEvaluation evaluation, PathNode current) => query.Select(evaluation, current).Count > 0;
}
