namespace EdgeProxy.Host.Environments;

/// <summary>
/// Changes of an environment that were announced and are not served yet (docs/spec/realtime.md 1). The API may announce a
/// change before all of its servers have it: a document that is older than the announcement is fetched again, a few times.
/// Announcements may come from any thread; the fetches of an environment come one at a time.
/// </summary>
internal sealed class AnnouncedChanges
{
    private static readonly TimeSpan[] Repetitions =
        [TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)];

    private readonly Lock _lock = new();
    private DateTimeOffset? _awaited;
    private DateTimeOffset? _requested;
    private int _repetitions;

    /// <summary>The pause before the fetch is repeated; null if nothing calls for that.</summary>
    public TimeSpan? Repetition { get; private set; }

    /// <summary>Adds a change.</summary>
    /// <param name="updatedAt">The time of the change; null if it was not said.</param>
    /// <param name="served">The time of the served document; null if there is none.</param>
    /// <returns>True if the document must be fetched.</returns>
    public bool Add(DateTimeOffset? updatedAt, DateTimeOffset? served)
    {
        if (updatedAt is not { } time)
        {
            return true;
        }

        if (time <= served)
        {
            return false;
        }

        lock (_lock)
        {
            _awaited = _awaited > time ? _awaited : time;
        }

        return true;
    }

    /// <summary>Notes that a fetch begins: it answers what was announced until now.</summary>
    public void FetchBegins()
    {
        lock (_lock)
        {
            _requested = _awaited;
        }
    }

    /// <summary>Notes that a fetch succeeded, whatever it brought. One that failed is repeated by the schedule of polls.</summary>
    /// <param name="served">The time of the document that is served now; null if it has none.</param>
    /// <returns>True if the document is older than what was announced before the fetch.</returns>
    public bool FetchSucceeded(DateTimeOffset? served)
    {
        lock (_lock)
        {
            if (_requested is not { } requested || !(served < requested))
            {
                End_NeedsLock(served);
                return false;
            }

            if (_repetitions < Repetitions.Length)
            {
                Repetition = Repetitions[_repetitions++];
            }
            else
            {
                End_NeedsLock(requested); // polling goes on
            }

            return true;
        }
    }

    private void End_NeedsLock(DateTimeOffset? answered)
    {
        Repetition = null;
        _repetitions = 0;
        _awaited = _awaited > answered ? _awaited : null;
    }
}
