namespace EdgeProxy.Engine.Languages.JsonPaths.Filters;

/// <summary><c>count(query)</c>: how many nodes, repeated ones as often as they come.</summary>
internal sealed class CountCall(NodesExpression argument) : ValueExpression
{
    public override PathNode? Evaluate(PathEvaluation evaluation, PathNode current) =>
        PathNode.Of((long)argument.Select(evaluation, current).Count);
}
