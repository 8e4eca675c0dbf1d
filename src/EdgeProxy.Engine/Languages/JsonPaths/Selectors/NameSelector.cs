namespace EdgeProxy.Engine.Languages.JsonPaths.Selectors;

/// <summary><c>'name'</c>: the member of that name.</summary>
internal sealed class NameSelector(string name) : PathSelector
{
    public override PathStep? Step => PathStep.ToMember(name);

    public override void Select(PathEvaluation evaluation, PathNode node, List<PathNode> selected)
    {
        if (evaluation.Member(node, name) is { } member)
        {
            selected.Add(member);
        }
    }
}
