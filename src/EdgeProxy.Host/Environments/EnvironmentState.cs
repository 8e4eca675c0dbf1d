using EdgeProxy.Host.Common;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Usage;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// A served environment: its keys, its current version, which requests read once, and how fresh that is. Written only by
/// whoever fetches the environment's documents.
/// </summary>
internal sealed class EnvironmentState
{
    private volatile IReadOnlyList<ServerSideKey> _serverSideKeys;
    private volatile PublishedEnvironment? _current;
    private volatile Freshness _freshness = Freshness.Unknown;

    /// <param name="clientSideKey">The client-side key.</param>
    /// <param name="serverSideKeys">The server-side keys, the one to fetch with first.</param>
    /// <param name="kind">How it came to be served.</param>
    public EnvironmentState(string clientSideKey, IReadOnlyList<ServerSideKey> serverSideKeys, EnvironmentKind kind)
    {
        ClientSideKey = clientSideKey;
        _serverSideKeys = serverSideKeys;
        Kind = kind;
        Metrics = new EnvironmentMetrics(clientSideKey);
    }

    /// <summary>An environment with one server-side key that never expires.</summary>
    public EnvironmentState(string clientSideKey, string serverSideKey, EnvironmentKind kind)
        : this(clientSideKey, [new ServerSideKey(serverSideKey)], kind)
    {
    }

    /// <summary>The client-side key.</summary>
    public string ClientSideKey { get; }

    /// <summary>
    /// The server-side keys, the one to fetch with first. Which keys clients come in with is
    /// <see cref="EnvironmentRegistry"/>'s to know: when these change, it must be told.
    /// </summary>
    public IReadOnlyList<ServerSideKey> ServerSideKeys
    {
        get => _serverSideKeys;
        set => _serverSideKeys = value;
    }

    /// <summary>How it came to be served.</summary>
    public EnvironmentKind Kind { get; }

    /// <summary>Counts its requests; null for those that are not counted.</summary>
    public UsageCounters? Usage { get; init; }

    /// <summary>What is counted of it.</summary>
    public EnvironmentMetrics Metrics { get; }

    /// <summary>Its load while there is too much.</summary>
    public EnvironmentLoad Load { get; } = new();

    /// <summary>Whether it is served without an upstream.</summary>
    public bool IsOffline => Kind == EnvironmentKind.Offline;

    /// <summary>The current version; null until the first document was compiled.</summary>
    public PublishedEnvironment? Current => _current;

    /// <summary>How fresh the current version is.</summary>
    public Freshness Freshness => _freshness;

    /// <summary>Keeps it from going back in time.</summary>
    public RollbackGuard Rollbacks { get; } = new();

    /// <summary>Requests to fetch it now; the loop that polls it answers them.</summary>
    public RefreshSignal Refreshes { get; } = new();

    /// <summary>Has its document fetched now instead of at the next poll. Returns at once; requests coalesce.</summary>
    /// <param name="because">The reason, for the log.</param>
    public void Refresh(string because) => Refreshes.Request(because);

    /// <summary>Changes that were announced and are not served yet.</summary>
    public AnnouncedChanges Changes { get; } = new();

    /// <summary>Has a change fetched that somebody announced, unless it is served already. Returns at once.</summary>
    /// <param name="updatedAt">The time of the change; null if it is not known.</param>
    /// <param name="source">What announced it.</param>
    /// <param name="because">The reason, for the log.</param>
    public void Announce(DateTimeOffset? updatedAt, ChangeSource source, string because)
    {
        Metrics.Announced(source);
        if (Changes.Add(updatedAt, Current?.Document.UpdatedAt))
        {
            Refresh(because);
        }
    }

    /// <summary>The key to fetch with now; null if none is usable any more.</summary>
    public string? FetchKey(DateTimeOffset now)
    {
        foreach (var key in ServerSideKeys)
        {
            if (key.IsUsable(now))
            {
                return key.Key;
            }
        }

        return null;
    }

    /// <summary>Puts another version in place: the one write that a change of the environment is for requests.</summary>
    public void Publish(PublishedEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        _current = environment;
        Metrics.Updated();
    }

    /// <summary>Notes that a document was had, or that there is none newer.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="origin">Where from.</param>
    public void Fetched(TimeProvider time, DocumentOrigin origin) => _freshness = _freshness with
    {
        Fetched = time.GetUtcNow(),
        FetchedTimestamp = time.GetTimestamp(),
        Origin = origin,
        Failures = 0,
        Rejected = null,
    };

    /// <summary>Notes that what is served was fetched by an earlier process.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="fetched">When it was.</param>
    public void Restored(TimeProvider time, DateTimeOffset fetched) => _freshness = _freshness with
    {
        Fetched = fetched,
        FetchedTimestamp = time.GetTimestamp(),
        Origin = DocumentOrigin.Disk,
    };

    /// <summary>Notes that the upstream gave an older document, which is not served: no failure, and no sign of freshness.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="position">The older document.</param>
    public void HeldBack(TimeProvider time, DocumentPosition position) => _freshness = _freshness with
    {
        Failures = 0,
        HeldBack = new HeldBackDocument(_freshness.HeldBack?.Since ?? time.GetUtcNow(), position, Rollbacks.Polls),
    };

    /// <summary>Notes that the upstream gives no older document any more, or that it is served now.</summary>
    public void HoldEnded() => _freshness = _freshness with { HeldBack = null };

    /// <summary>Notes an attempt that failed.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="message">Why; without keys and content.</param>
    /// <param name="isRejected">Whether there was a document, which was rejected.</param>
    public void Failed(TimeProvider time, string message, bool isRejected)
    {
        if (isRejected)
        {
            Metrics.Rejected();
        }

        var mishap = new EnvironmentError(time.GetUtcNow(), message);
        _freshness = _freshness with
        {
            Failures = _freshness.Failures + 1,
            LastError = mishap,
            Rejected = isRejected ? mishap : _freshness.Rejected,
        };
    }
}
