namespace EdgeProxy.Engine.Languages.JsonPaths.Filters;

/// <summary><c>!a</c>.</summary>
internal sealed class NotExpression(LogicalExpression term) : LogicalExpression
{
    public override bool Test(PathEvaluation evaluation, PathNode current) => !term.Test(evaluation, current);
}
