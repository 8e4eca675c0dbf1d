namespace EdgeProxy.Engine.Languages.JsonPaths;

/// <summary>Picks children of a node (RFC 9535, 2.3).</summary>
internal abstract class PathSelector
{
    /// <summary>The step that this is in a singular query; null for all but names and indexes.</summary>
    public virtual PathStep? Step => null;

    /// <summary>
    /// Appends what is selected. The call itself is paid for; every node that is looked at beyond the first is spent
    /// for here.
    /// </summary>
    public abstract void Select(PathEvaluation evaluation, PathNode node, List<PathNode> selected);
}
