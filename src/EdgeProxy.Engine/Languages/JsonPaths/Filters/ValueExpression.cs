namespace EdgeProxy.Engine.Languages.JsonPaths.Filters;

/// <summary>An expression of the RFC's ValueType.</summary>
internal abstract class ValueExpression : FilterExpression
{
    /// <summary>The value; null is the RFC's Nothing, which is not JSON's null.</summary>
    public abstract PathNode? Evaluate(PathEvaluation evaluation, PathNode current);
}
