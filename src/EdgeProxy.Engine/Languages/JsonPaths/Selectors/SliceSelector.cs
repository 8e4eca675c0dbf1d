namespace EdgeProxy.Engine.Languages.JsonPaths.Selectors;

/// <summary><c>start:end:step</c>: items from start until before end (RFC 9535, 2.3.4).</summary>
internal sealed class SliceSelector(long? start, long? end, long step) : PathSelector
{
    public override void Select(PathEvaluation evaluation, PathNode node, List<PathNode> selected)
    {
        var count = node.Items.Count;
        if (step > 0)
        {
            var upper = Math.Clamp(FromStart(end ?? count, count), 0, count);
            for (var i = Math.Clamp(FromStart(start ?? 0, count), 0, count); i < upper && evaluation.TrySpend(1); i += step)
            {
                selected.Add(node.Items[(int)i]);
            }
        }
        else if (step < 0 && count > 0)
        {
            var lower = end is null ? -1 : Math.Clamp(FromStart(end.Value, count), -1, count - 1);
            for (var i = Math.Clamp(FromStart(start ?? -1, count), -1, count - 1); i > lower && evaluation.TrySpend(1); i += step)
            {
                selected.Add(node.Items[(int)i]);
            }
        }
    }

    private static long FromStart(long index, int count) => index < 0 ? count + index : index;
}
