namespace EdgeProxy.Engine.Languages.JsonPaths.Filters;

/// <summary>A query inside a filter, from the root (<c>$</c>) or from the current node (<c>@</c>); NodesType.</summary>
internal sealed class NodesExpression(bool fromRoot, SegmentChain segments) : FilterExpression
{
    /// <summary>Indicates whether it is a singular query, which may be used as a value.</summary>
    public bool IsSingular => segments.SingularSteps is not null;

    public List<PathNode> Select(PathEvaluation evaluation, PathNode current) =>
        segments.Select(evaluation, fromRoot ? evaluation.Root : current);
}
