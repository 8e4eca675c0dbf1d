namespace EdgeProxy.Engine.Languages.JsonPaths.Selectors;

/// <summary><c>0</c> or <c>-1</c>: the item at that position, from the end where negative.</summary>
internal sealed class IndexSelector(long index) : PathSelector
{
    public override PathStep? Step => PathStep.ToItem(index);

    public override void Select(PathEvaluation evaluation, PathNode node, List<PathNode> selected)
    {
        var position = index < 0 ? node.Items.Count + index : index;
        if (position >= 0 && position < node.Items.Count)
        {
            selected.Add(node.Items[(int)position]);
        }
    }
}
