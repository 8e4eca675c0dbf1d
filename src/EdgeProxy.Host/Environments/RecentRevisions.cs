namespace EdgeProxy.Host.Environments;

/// <summary>The latest revisions of an environment that this process served. Written by one thread, read by any.</summary>
internal sealed class RecentRevisions
{
    private const int MaxCount = 64;

    private volatile string[] _revisions = [];

    /// <summary>Determines whether a revision was served.</summary>
    public bool Contain(string revision) => Array.IndexOf(_revisions, revision) >= 0;

    /// <summary>Adds a revision; the oldest is forgotten.</summary>
    public void Add(string revision)
    {
        var revisions = _revisions;
        _revisions = [.. revisions.Skip(Math.Max(0, revisions.Length - MaxCount + 1)), revision];
    }
}
