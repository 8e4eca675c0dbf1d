namespace EdgeProxy.Engine.Languages.JsonPaths;

/// <summary>
/// One run of a query. It counts steps, because a short query can ask for more work than anybody will wait for: nested
/// filters multiply, and so do lists of selectors. Everything that takes time spends steps first and stops when there
/// are none left; a run that was stopped has no result. Not thread-safe.
/// </summary>
internal sealed partial class PathEvaluation
{
    /// <summary>
    /// The cost limit of a run. A step is about a look at one node, up to a hundred nanoseconds, so that the worst query takes
    /// some tens of milliseconds; contexts have hundreds of nodes, and honest queries look at each a few times.
    /// </summary>
    public const int MaxSteps = 500_000;

    private readonly int _maxSteps;
    private long _left;

    /// <param name="root">The root, <c>$</c>.</param>
    /// <param name="maxSteps">The cost limit.</param>
    public PathEvaluation(PathNode root, int maxSteps = MaxSteps)
    {
        Root = root;
        _maxSteps = maxSteps;
        _left = maxSteps;
    }

    /// <summary>The root, <c>$</c>.</summary>
    public PathNode Root { get; }

    /// <summary>Indicates whether the run was stopped; its results so far are void.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>The steps that were taken.</summary>
    public int Steps => _maxSteps - (int)Math.Max(0, _left);

    /// <summary>Takes steps away; false when there are not enough, and from then on always.</summary>
    public bool TrySpend(long steps)
    {
        IsExhausted |= steps > _left;
        _left -= steps;
        return !IsExhausted;
    }

    /// <summary>Finds a child and spends what looking for it takes.</summary>
    public PathNode? Member(PathNode node, string name)
    {
        const int MembersAStep = 16;
        return TrySpend(1 + (node.Members.Count / MembersAStep)) && node.TryGetMember(name, out var child) ? child : null;
    }
}
