namespace EdgeProxy.Engine.Languages.JsonPaths.Filters;

/// <summary>An expression of the RFC's LogicalType.</summary>
internal abstract class LogicalExpression : FilterExpression
{
    public abstract bool Test(PathEvaluation evaluation, PathNode current);
}
