namespace EdgeProxy.Engine.Languages.JsonPaths.Selectors;

/// <summary><c>*</c>: all children.</summary>
internal sealed class WildcardSelector : PathSelector
{
    public override void Select(PathEvaluation evaluation, PathNode node, List<PathNode> selected)
    {
        if (!evaluation.TrySpend(node.ChildCount))
        {
            return;
        }

        for (var i = 0; i < node.ChildCount; i++)
        {
            selected.Add(node.ChildAt(i));
        }
    }
}
