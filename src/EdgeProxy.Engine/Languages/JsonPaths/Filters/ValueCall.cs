namespace EdgeProxy.Engine.Languages.JsonPaths.Filters;

/// <summary><c>value(query)</c>: the node's value if there is exactly one.</summary>
internal sealed class ValueCall(NodesExpression argument) : ValueExpression
{
    public override PathNode? Evaluate(PathEvaluation evaluation, PathNode current) =>
        argument.Select(evaluation, current) is [var node] ? node : null;
}
