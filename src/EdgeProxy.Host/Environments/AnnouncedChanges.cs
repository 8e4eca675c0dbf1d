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
    private AnnouncedChange? _awaited;
    private AnnouncedChange? _requested;
    private long? _announced;
    private long? _announcedSinceFetch;
    private int _repetitions;

    /// <summary>The pause before the fetch is repeated; null if nothing calls for that.</summary>
    public TimeSpan? Repetition { get; private set; }

    /// <summary>Adds a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="served">The served document; null if there is none.</param>
    /// <returns>True if the document must be fetched.</returns>
    public bool Add(AnnouncedChange change, PublishedDocument? served)
    {
        if (change is { UpdatedAt: null, Revision: null })
        {
            return true;
        }

        if (change.IsKnownBy(served))
        {
            return false;
        }

        lock (_lock)
        {
            _announced = _awaited is null ? change.Timestamp : _announced;
            _announcedSinceFetch ??= change.Timestamp;
            _awaited = _awaited is null || change.Replaces(_awaited) ? change : _awaited;
        }

        return true;
    }

    /// <summary>Notes that a fetch begins: it answers what was announced until now.</summary>
    public void FetchBegins()
    {
        lock (_lock)
        {
            _requested = _awaited;
            _announcedSinceFetch = null;
        }
    }

    /// <summary>Notes that a fetch succeeded, whatever it brought. One that failed is repeated by the schedule of polls.</summary>
    /// <param name="served">The document that is served now; null if there is none.</param>
    /// <param name="isHeld">True if it brought a version that is held: fetching it again would change nothing.</param>
    public FetchedChange FetchSucceeded(PublishedDocument? served, bool isHeld = false)
    {
        lock (_lock)
        {
            if (_requested is not { } requested || isHeld)
            {
                End_NeedsLock(_awaited);
                return FetchedChange.None;
            }

            if (requested.IsAnsweredBy(served))
            {
                var announced = _announced;
                End_NeedsLock(_awaited is not null && !_awaited.IsAnsweredBy(served) ? _awaited : null);
                return new FetchedChange(requested.Source, announced, IsLagging: false);
            }

            if (_repetitions < Repetitions.Length)
            {
                Repetition = Repetitions[_repetitions++];
            }
            else
            {
                End_NeedsLock(ReferenceEquals(_awaited, requested) ? null : _awaited); // polling goes on
            }

            return new FetchedChange(requested.Source, Announced: null, IsLagging: true);
        }
    }

    private void End_NeedsLock(AnnouncedChange? remaining)
    {
        _awaited = remaining;
        _announced = _announcedSinceFetch;
        Repetition = null;
        _repetitions = 0;
        _requested = null;
    }
}
