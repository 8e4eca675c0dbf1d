namespace EdgeProxy.Engine.Languages.JsonPaths;

/// <summary>Selectors, applied to nodes or to nodes and everything below them (RFC 9535, 2.5).</summary>
/// <param name="selectors">The selectors; their results are concatenated.</param>
/// <param name="descendant">True if the segment began with two dots.</param>
/// <param name="hasBlanks">True if there were blanks inside the brackets, which singular queries do not have.</param>
internal sealed class PathSegment(IReadOnlyList<PathSelector> selectors, bool descendant, bool hasBlanks)
{
    /// <summary>The step that this is in a singular query, or null.</summary>
    public PathStep? SingularStep { get; } = !descendant && !hasBlanks && selectors is [var only] ? only.Step : null;

    /// <summary>
    /// The member names that are selected, in order; null if a wildcard, a slice, a filter or a descendant segment can
    /// select other members. An index selects no member.
    /// </summary>
    public IReadOnlyList<string>? MemberNames { get; } = !descendant && selectors.All(static selector => selector.Step is not null)
        ? [.. selectors.Select(static selector => selector.Step!.Value.Name).OfType<string>()]
        : null;

    public List<PathNode> Select(PathEvaluation evaluation, List<PathNode> nodes)
    {
        var selected = new List<PathNode>();
        foreach (var node in nodes)
        {
            if (evaluation.IsExhausted)
            {
                break;
            }

            if (descendant)
            {
                SelectAtAndBelow(evaluation, node, selected);
            }
            else
            {
                SelectAt(evaluation, node, selected);
            }
        }

        return selected;
    }

    private void SelectAt(PathEvaluation evaluation, PathNode node, List<PathNode> selected)
    {
        foreach (var selector in selectors)
        {
            if (!evaluation.TrySpend(1))
            {
                break;
            }

            selector.Select(evaluation, node, selected);
        }
    }

    /// <summary>Nodes before their descendants, children in their order; a stack of our own, since trees may be deep.</summary>
    private void SelectAtAndBelow(PathEvaluation evaluation, PathNode top, List<PathNode> selected)
    {
        var pending = new Stack<PathNode>();
        pending.Push(top);
        while (pending.TryPop(out var node) && evaluation.TrySpend(1 + node.ChildCount))
        {
            SelectAt(evaluation, node, selected);
            for (var i = node.ChildCount - 1; i >= 0; i--)
            {
                pending.Push(node.ChildAt(i));
            }
        }
    }
}
