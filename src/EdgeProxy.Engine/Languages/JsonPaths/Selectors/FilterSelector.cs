using EdgeProxy.Engine.Languages.JsonPaths.Filters;

namespace EdgeProxy.Engine.Languages.JsonPaths.Selectors;

/// <summary><c>?condition</c>: the children for which it holds.</summary>
internal sealed class FilterSelector(LogicalExpression condition) : PathSelector
{
    public override void Select(PathEvaluation evaluation, PathNode node, List<PathNode> selected)
    {
        for (var i = 0; i < node.ChildCount && evaluation.TrySpend(1); i++)
        {
            var child = node.ChildAt(i);
            if (condition.Test(evaluation, child))
            {
                selected.Add(child);
            }
        }
    }
}
