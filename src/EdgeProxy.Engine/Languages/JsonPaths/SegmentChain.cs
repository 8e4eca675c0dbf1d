using EdgeProxy.Engine.Languages.JsonPaths.Queries;

namespace EdgeProxy.Engine.Languages.JsonPaths;

/// <summary>The segments of a query, without what they start from.</summary>
internal sealed class SegmentChain(IReadOnlyList<PathSegment> segments)
{
    /// <summary>See <see cref="JsonPathQuery.SingularSteps"/>.</summary>
    public IReadOnlyList<PathStep>? SingularSteps { get; } = segments.All(static segment => segment.SingularStep is not null)
        ? [.. segments.Select(static segment => segment.SingularStep!.Value)]
        : null;

    /// <summary>See <see cref="JsonPathQuery.MemberNames"/>.</summary>
    public IReadOnlyList<IReadOnlyList<string>?> MemberNames => [.. segments.Select(static segment => segment.MemberNames)];

    /// <summary>
    /// Segment by segment, each over the whole result of the one before: in the order of the RFC, and without recursion,
    /// however many segments there are.
    /// </summary>
    public List<PathNode> Select(PathEvaluation evaluation, PathNode start)
    {
        List<PathNode> nodes = [start];
        foreach (var segment in segments)
        {
            if (nodes.Count == 0 || !evaluation.TrySpend(1))
            {
                break;
            }

            nodes = segment.Select(evaluation, nodes);
        }

        return nodes;
    }
}
