namespace EdgeProxy.Engine.Languages.JsonPaths.Filters;

/// <summary>The value that a singular query leads to.</summary>
internal sealed class SingularValue(NodesExpression query) : ValueExpression
{
    public override PathNode? Evaluate(PathEvaluation evaluation, PathNode current) =>
        query.Select(evaluation, current) is [var node] ? node : null;
}
