using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Languages.JsonPaths.Filters;

/// <summary>A string, a number, <c>true</c>, <c>false</c> or <c>null</c>.</summary>
internal sealed class LiteralValue(ScalarValue value) : ValueExpression
{
    private readonly PathNode _node = PathNode.Of(value);

    public ScalarValue Value => _node.Scalar;

    public override PathNode? Evaluate(PathEvaluation evaluation, PathNode current) => _node;
}
