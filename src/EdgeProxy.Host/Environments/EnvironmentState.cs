using EdgeProxy.Host.Common;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Usage;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// A served environment: its keys, its current version, which requests read once, and its freshness. Written only by the
/// component that fetches the environment's documents.
/// </summary>
internal sealed class EnvironmentState
{
    private volatile IReadOnlyList<ServerSideKey> _serverSideKeys;
    private volatile PublishedEnvironment? _current;
    private readonly Lock _lock = new();
    private volatile UpstreamStreamStatus? _upstreamStream;
    private volatile ContentChange? _latestChange;
    private volatile Freshness _freshness = Freshness.Unknown;
    private TaskCompletionSource _published = NewSource();

    /// <param name="clientSideKey">The client-side key.</param>
    /// <param name="serverSideKeys">The server-side keys, the one to fetch with first.</param>
    /// <param name="kind">The reason why it is served.</param>
    public EnvironmentState(string clientSideKey, IReadOnlyList<ServerSideKey> serverSideKeys, EnvironmentKind kind)
    {
        ClientSideKey = clientSideKey;
        _serverSideKeys = serverSideKeys;
        Kind = kind;
        Metrics = new EnvironmentMetrics(clientSideKey);
        Hold.Released += (_, _) => Refresh("a held version was released");
    }

    /// <summary>An environment with one server-side key that never expires.</summary>
    public EnvironmentState(string clientSideKey, string serverSideKey, EnvironmentKind kind)
        : this(clientSideKey, [new ServerSideKey(serverSideKey)], kind)
    {
    }

    /// <summary>The client-side key.</summary>
    public string ClientSideKey { get; }

    /// <summary>
    /// The server-side keys, the one to fetch with first. <see cref="EnvironmentRegistry"/> decides which keys are accepted
    /// from clients, and must be updated when these change.
    /// </summary>
    public IReadOnlyList<ServerSideKey> ServerSideKeys
    {
        get => _serverSideKeys;
        set => _serverSideKeys = value;
    }

    /// <summary>The reason why it is served.</summary>
    public EnvironmentKind Kind { get; }

    /// <summary>Raised after another version was published, on the thread that published it.</summary>
    public event EventHandler? Published;

    /// <summary>The usage counters; null if its requests are not reported.</summary>
    public UsageCounters? Usage { get; init; }

    /// <summary>The metrics of the environment.</summary>
    public EnvironmentMetrics Metrics { get; }

    /// <summary>Its load during overload.</summary>
    public EnvironmentLoad Load { get; } = new();

    /// <summary>Indicates whether it is served without an upstream.</summary>
    public bool IsOffline => Kind == EnvironmentKind.Offline;

    /// <summary>The current version; null until the first document was compiled.</summary>
    public PublishedEnvironment? Current => _current;

    /// <summary>
    /// The latest change of its content; null if the content is that of the first document of this process. Set after
    /// <see cref="Current"/>.
    /// </summary>
    public ContentChange? LatestChange
    {
        get => _latestChange;
        set => _latestChange = value;
    }

    /// <summary>Completes when another version is published. To be read before <see cref="Current"/>.</summary>
    public Task NextPublication => Volatile.Read(ref _published).Task;

    /// <summary>The revisions that this process served lately.</summary>
    public RecentRevisions RecentRevisions { get; } = new();

    /// <summary>The freshness of the current version.</summary>
    public Freshness Freshness => _freshness;

    /// <summary>Holds older documents back.</summary>
    public RollbackGuard Rollbacks { get; } = new();

    /// <summary>The version that waits for an operator.</summary>
    public VersionHold Hold { get; } = new();

    /// <summary>The identities that asked lately; null if none are sampled. Set before the first version is published.</summary>
    public IdentitySample? Sample { get; set; }

    /// <summary>Requests to refresh now; answered by the polling loop.</summary>
    public RefreshSignal Refreshes { get; } = new();

    /// <summary>Requests a refresh now instead of at the next poll. Returns immediately; requests coalesce.</summary>
    /// <param name="because">The reason, for the log.</param>
    public void Refresh(string because) => Refreshes.Request(because);

    /// <summary>Changes that were announced and are not served yet.</summary>
    public AnnouncedChanges Changes { get; } = new();

    /// <summary>The stream that announces changes; null if there is none.</summary>
    public UpstreamStreamStatus? UpstreamStream
    {
        get => _upstreamStream;
        set => _upstreamStream = value;
    }

    /// <summary>Determines whether changes that streams announce are to be fetched here; null if they always are.</summary>
    public Func<bool>? FollowsStream { get; set; }

    /// <summary>Determines whether one instance fetches for several, so that they do not all ask the upstream in one instant; null if none does.</summary>
    public Func<bool>? IsFetchedForOthers { get; set; }

    /// <summary>Requests the fetch of an announced change, unless it is served already. Returns immediately.</summary>
    /// <param name="updatedAt">The time of the change; null if it is not known.</param>
    /// <param name="source">The source of the announcement.</param>
    /// <param name="because">The reason, for the log.</param>
    public void Announce(DateTimeOffset? updatedAt, ChangeSource source, string because) => Announce(new AnnouncedChange(source, updatedAt), because);

    /// <summary>The same with all that is known of the change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="because">The reason, for the log.</param>
    public void Announce(AnnouncedChange change, string because)
    {
        Metrics.Announced(change.Source);
        if (change.Source == ChangeSource.Stream && FollowsStream?.Invoke() == false)
        {
            return;
        }

        if (Changes.Add(change, Current?.Document))
        {
            Refresh(because);
        }
    }

    /// <summary>The key to fetch with; null if all have expired.</summary>
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

    /// <summary>Publishes another version with one write.</summary>
    public void Publish(PublishedEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        _current = environment;
        RecentRevisions.Add(environment.Document.Version);
        Interlocked.Exchange(ref _published, NewSource()).SetResult();
        Metrics.Updated();
        Published?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Records that the document was fetched, or is unchanged.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="origin">The origin of the document.</param>
    public void Fetched(TimeProvider time, DocumentOrigin origin) => Change(freshness => freshness with
    {
        Fetched = time.GetUtcNow(),
        FetchedTimestamp = time.GetTimestamp(),
        Origin = origin,
        Failures = 0,
        Rejected = null,
    });

    /// <summary>Records that the current document was fetched by an earlier process, or by another member of a fleet.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="fetched">The time of the fetch.</param>
    /// <param name="origin">The origin of the document.</param>
    public void Restored(TimeProvider time, DateTimeOffset fetched, DocumentOrigin origin) => Change(freshness => freshness with
    {
        Fetched = fetched,
        FetchedTimestamp = time.GetTimestamp(),
        Origin = origin,
    });

    /// <summary>Records that another member of the fleet confirmed the current document, unless that was earlier than what is known.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="age">The time since then.</param>
    public void ConfirmedElsewhere(TimeProvider time, TimeSpan age)
    {
        var at = time.GetTimestamp() - (long)(age.TotalSeconds * time.TimestampFrequency);
        Change(freshness => freshness.Fetched is not null && at <= freshness.FetchedTimestamp
            ? freshness
            : freshness with { Fetched = time.GetUtcNow() - age, FetchedTimestamp = at, Origin = DocumentOrigin.Store, Failures = 0, Rejected = null });
    }

    /// <summary>Records an error of the member of the fleet that polls the upstream.</summary>
    public void FailedElsewhere(EnvironmentError error) =>
        Change(freshness => freshness.LastError is { } known && known.At >= error.At ? freshness : freshness with { LastError = error });

    /// <summary>
    /// Records that the upstream returned an older document, which is not served: neither a failure nor a sign of
    /// freshness.
    /// </summary>
    /// <param name="time">The clock.</param>
    /// <param name="position">The older document.</param>
    public void HeldBack(TimeProvider time, DocumentPosition position) => Change(freshness => freshness with
    {
        Failures = 0,
        HeldBack = new HeldBackDocument(freshness.HeldBack?.Since ?? time.GetUtcNow(), position, Rollbacks.Polls),
    });

    /// <summary>
    /// Records that the upstream returned a version that is held: it answers, and what is served is what this proxy decided to
    /// serve, so it does not become stale.
    /// </summary>
    public void FetchedHeld(TimeProvider time) => Change(freshness => freshness with
    {
        Fetched = time.GetUtcNow(),
        FetchedTimestamp = time.GetTimestamp(),
        Failures = 0,
        Rejected = null,
    });

    /// <summary>Records that the upstream returns no older document any more, or that it is served now.</summary>
    public void HoldEnded() => Change(static freshness => freshness with { HeldBack = null });

    /// <summary>Records a failed attempt.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="message">The error; without keys and content.</param>
    /// <param name="isRejected">True if there was a document, which was rejected.</param>
    public void Failed(TimeProvider time, string message, bool isRejected)
    {
        if (isRejected)
        {
            Metrics.Rejected();
        }

        var error = new EnvironmentError(time.GetUtcNow(), message);
        Change(freshness => freshness with
        {
            Failures = freshness.Failures + 1,
            FailingSinceTimestamp = freshness.Failures == 0 ? time.GetTimestamp() : freshness.FailingSinceTimestamp,
            LastError = error,
            Rejected = isRejected ? error : freshness.Rejected,
        });
    }

    /// <summary>Changes the freshness, which polls and the fleet's store do in a loop each.</summary>
    private void Change(Func<Freshness, Freshness> change)
    {
        lock (_lock)
        {
            _freshness = change(_freshness);
        }
    }

    // The thread that publishes must not answer requests.
    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
