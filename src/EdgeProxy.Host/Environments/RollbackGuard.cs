namespace EdgeProxy.Host.Environments;

/// <summary>
/// Keeps an environment from going back in time: several upstreams behind one address need not be equally fresh. A document
/// that is older than the current one, or was served and replaced recently, is held back until several consecutive polls
/// returned nothing newer; then it is a rollback, such as a restored database. One document may be considered at a time.
/// </summary>
internal sealed class RollbackGuard
{
    /// <summary>The time for which a replaced revision is remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    // Ten minutes of one change per second; more are forgotten early.
    private const int MaxRemembered = 600;

    // Alternating old and new documents are one episode in the log, not one for each poll.
    private const int MinQuietPolls = 3;

    private readonly Dictionary<string, long> _replaced = new(StringComparer.Ordinal);
    private DocumentPosition? _candidate;
    private int _quietPolls;

    /// <summary>The number of consecutive polls that returned the document that is held back.</summary>
    public int Polls { get; private set; }

    /// <summary>Records that a revision is no longer served.</summary>
    public void Replaced(string revision, TimeProvider time)
    {
        lock (_replaced)
        {
            Forget_NeedsLock(time);
            if (_replaced.Count < MaxRemembered)
            {
                _replaced[revision] = time.GetTimestamp();
            }
        }
    }

    /// <summary>Determines whether a revision was served and replaced recently. Callable from any thread.</summary>
    public bool WasReplaced(string revision, TimeProvider time)
    {
        lock (_replaced)
        {
            Forget_NeedsLock(time);
            return _replaced.ContainsKey(revision);
        }
    }

    /// <summary>Decides about a polled document that differs from the current one.</summary>
    /// <param name="candidate">The document.</param>
    /// <param name="served">The current document.</param>
    /// <param name="confirmations">The number of consecutive polls that confirm an older document as a rollback; 1 for immediately.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isPoll">True for a scheduled poll; a requested fetch confirms nothing, as an upstream that is behind would get many.</param>
    /// <param name="givenUp">The latest time of change that a rollback gave up: an upstream that does not know of it yet still returns such documents.</param>
    public HoldDecision Consider(DocumentPosition candidate, DocumentPosition served, int confirmations, TimeProvider time, bool isPoll = true, DateTimeOffset? givenUp = null)
    {
        var isOlder = candidate.UpdatedAt < served.UpdatedAt || (candidate.UpdatedAt > served.UpdatedAt && candidate.UpdatedAt <= givenUp);
        var isBack = WasReplaced(candidate.Revision, time) && !(candidate.UpdatedAt > served.UpdatedAt);
        if (!isOlder && !isBack)
        {
            NoteCurrent();
            return HoldDecision.Newer;
        }

        if (!isPoll && confirmations > 1)
        {
            return HoldDecision.HeldBack;
        }

        // A change of the held-back document continues its count: a restored environment can be edited.
        var isSame = _candidate is not null && (candidate.Revision == _candidate.Revision || candidate.UpdatedAt > _candidate.UpdatedAt);
        Polls = isSame ? Polls + 1 : 1;
        _candidate = candidate;
        _quietPolls = 0;
        if (Polls < confirmations)
        {
            return HoldDecision.HeldBack;
        }

        Polls = 0;
        _candidate = null;
        return HoldDecision.Rollback;
    }

    /// <summary>Records that the current document came from elsewhere: polls before it compared with another one, and confirm nothing.</summary>
    public void Restart()
    {
        Polls = 0;
        _candidate = null;
    }

    /// <summary>Records that a poll returned the current document, or a newer one.</summary>
    /// <returns>True if no older document has come for so long that the episode is over.</returns>
    public bool NoteCurrent()
    {
        Polls = 0;
        _candidate = null;
        _quietPolls = Math.Min(_quietPolls + 1, MinQuietPolls);
        return _quietPolls == MinQuietPolls;
    }

    private void Forget_NeedsLock(TimeProvider time)
    {
        var now = time.GetTimestamp();
        foreach (var (revision, at) in _replaced)
        {
            if (time.GetElapsedTime(at, now) >= Memory)
            {
                _replaced.Remove(revision);
            }
        }
    }
}
