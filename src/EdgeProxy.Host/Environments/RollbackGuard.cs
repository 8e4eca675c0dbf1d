namespace EdgeProxy.Host.Environments;

/// <summary>
/// Keeps an environment from going back in time: several upstreams behind one address need not be equally fresh. A
/// document that is older than the served one, or was served and replaced a short while ago, is held back until several
/// polls in a row brought nothing else; then it is a rollback, such as a restored database. One call at a time.
/// </summary>
internal sealed class RollbackGuard
{
    /// <summary>How long a revision that was replaced is remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    // Ten minutes of a change every second; what is beyond that is forgotten early.
    private const int MaxRemembered = 600;

    // Upstreams that give old and new in turn are one episode for the log, not one for each poll.
    private const int MinQuietPolls = 3;

    private readonly Dictionary<string, long> _replaced = new(StringComparer.Ordinal);
    private DocumentPosition? _candidate;
    private int _quietPolls;

    /// <summary>How many polls in a row brought the document that is held back.</summary>
    public int Polls { get; private set; }

    /// <summary>Notes that a revision is no longer served.</summary>
    public void Replaced(string revision, TimeProvider time)
    {
        Forget(time);
        if (_replaced.Count < MaxRemembered)
        {
            _replaced[revision] = time.GetTimestamp();
        }
    }

    /// <summary>Decides about a document that a poll brought and that differs from the served one.</summary>
    /// <param name="candidate">The document.</param>
    /// <param name="served">The served one.</param>
    /// <param name="confirmations">How many polls in a row make an older document a rollback; 1 for at once.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isPoll">Whether it was its time to poll; what was requested in between confirms nothing, as an upstream that is behind would be asked often.</param>
    public HoldDecision Consider(DocumentPosition candidate, DocumentPosition served, int confirmations, TimeProvider time, bool isPoll = true)
    {
        Forget(time);
        var isOlder = candidate.UpdatedAt < served.UpdatedAt;
        var isBack = _replaced.ContainsKey(candidate.Revision) && !(candidate.UpdatedAt > served.UpdatedAt);
        if (!isOlder && !isBack)
        {
            NoteCurrent();
            return HoldDecision.Newer;
        }

        if (!isPoll && confirmations > 1)
        {
            return HoldDecision.HeldBack;
        }

        // A change of what is held back goes on where that was: a restored environment can be edited.
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

    /// <summary>Notes that a poll brought the served document, or a newer one.</summary>
    /// <returns>Whether older ones have not come for so long that the trouble is over.</returns>
    public bool NoteCurrent()
    {
        Polls = 0;
        _candidate = null;
        _quietPolls = Math.Min(_quietPolls + 1, MinQuietPolls);
        return _quietPolls == MinQuietPolls;
    }

    private void Forget(TimeProvider time)
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
