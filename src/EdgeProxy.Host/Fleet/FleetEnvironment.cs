using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Fleet;

/// <summary>
/// One environment of one member of a fleet: takes over what other members accepted, hands over what this one accepted, and
/// decides whether it polls. A loop of its own uses the store, so neither a poll nor a request of an SDK waits for it. Documents
/// of both sources are considered one at a time, within <see cref="EnterAsync"/>.
/// </summary>
internal sealed partial class FleetEnvironment : IDisposable
{
    /// <summary>The number of intervals without a confirmation after which every member polls.</summary>
    private const int MaxUnconfirmedIntervals = 3;

    private const double Jitter = 0.2;

    /// <summary>The time for which a member without a document leaves the first poll to the holder of the lease.</summary>
    private static readonly TimeSpan FirstPollGrace = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan MaxAwayPause = TimeSpan.FromSeconds(5);

    private readonly EnvironmentState _environment;
    private readonly FleetContext _fleet;
    private readonly SemaphoreSlim _publication = new(1);
    private readonly RefreshSignal _wake = new();
    private readonly FleetLease _lease;
    private readonly long _started;
    private readonly double _patience;
    private volatile SealedEnvironment _sealed;
    private volatile FleetVersion? _served;
    private volatile TimedLook? _look;
    private volatile bool _isAway = true;
    private volatile bool _isDoubtful;
    private SeenVersion? _floor;
    private volatile KnownConditions? _conditions;
    private int _awayLooks;

    // When the upstream is known to have had the served document: by a poll of this member or of another one.
    private volatile SeenTimes? _seen;

    public FleetEnvironment(EnvironmentState environment, FleetContext fleet)
    {
        _environment = environment;
        _fleet = fleet;
        _started = fleet.Time.GetTimestamp();
        _patience = 1 + (Jitter * fleet.Random());
        _lease = new FleetLease(fleet.Shares, $"{fleet.Settings.Name}/{fleet.Settings.StartTag}", fleet.Time);
        _sealed = new SealedEnvironment(environment.ServerSideKeys[0].Key);
        environment.FollowsStream = () => MayPoll(isPoll: true); // every member with a stream hears of a change
        environment.IsFetchedForOthers = () => fleet.Settings.Poll == FleetPolling.Lease && !_isAway;
        fleet.Shares.Opened();
    }

    /// <summary>Receives the validators of a document that was taken from the store, within <see cref="EnterAsync"/>.</summary>
    public Action<FetchConditions>? Taken { get; set; }

    /// <summary>The name of the environment in the store.</summary>
    public string Id => _sealed.Id;

    /// <summary>Its identities in the store.</summary>
    public SealedIdentities Identities => _sealed.Identities;

    /// <summary>The version that is served; null before the first document.</summary>
    public FleetVersion? Served => _served;

    /// <summary>The floor of the next start; null before the first document. Changes with the document only, not with each poll.</summary>
    public SeenVersion? NextFloor =>
        _served is { } served ? new SeenVersion(served, _seen is { } seen && seen.IsOf(_servedDocument) ? seen.First.StoreTime : null) : null;

    /// <summary>The state of the store at the last look; null before the first one.</summary>
    public FleetLook? Seen => _look?.Value;

    /// <summary>The member that holds the lease; null if none does, or it is not known.</summary>
    public string? Holder => Seen?.Holder is { } token ? FleetLease.NameOf(FleetLease.NameOf(token)) : null;

    /// <summary>Indicates whether this member holds the lease.</summary>
    public bool IsHolder => _lease.Token is not null;

    /// <summary>
    /// The difference between the time of change of the store's document and of the one that is served; zero if it is not behind.
    /// </summary>
    public TimeSpan Skew =>
        Seen?.Entry?.Version is { } newest && _served is { } served && newest.Supersedes(served) ? served.SkewTo(newest) : TimeSpan.Zero;

    /// <summary>The monotonic time since which the store has had a later document than the one that is served; null if it is not behind.</summary>
    public long? BehindSince { get; private set; }

    /// <summary>Determines whether this member is to ask the upstream.</summary>
    /// <param name="isPoll">False if a change was announced to it, which then is to be fetched at once.</param>
    public bool MayPoll(bool isPoll)
    {
        if (_fleet.Settings.Poll != FleetPolling.Lease || !isPoll)
        {
            return _fleet.Settings.Poll != FleetPolling.Never;
        }

        if (_isAway || IsHolder)
        {
            return true;
        }

        return _environment.Freshness.Fetched is null
            ? _fleet.Time.GetElapsedTime(_started) > FirstPollGrace
            : _fleet.Time.GetElapsedTime(_environment.Freshness.FetchedTimestamp) > Interval * MaxUnconfirmedIntervals * _patience;
    }

    /// <summary>Waits until no other document is being considered.</summary>
    /// <returns>To be disposed of when that is done.</returns>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _publication.WaitAsync(cancellationToken);
        return new Publication(_publication);
    }

    /// <summary>Sets the version that an earlier process served. To be called before anything is restored.</summary>
    public void SetFloor(SeenVersion? floor) => _floor = floor;

    /// <summary>Determines whether a document of the disk is later than the one that is served, which is not earlier than the floor.</summary>
    public bool IsNewer(byte[] document) =>
        _served is not { } served || (VersionOfStored(document) is var version && !IsFloor(version) && version.Supersedes(served));

    /// <summary>Records that a document of the disk is served.</summary>
    public void Restored(FetchConditions conditions)
    {
        if (_environment.Current?.Document is { } document)
        {
            _served = VersionOfStored(document.Body.Plain.ToArray());
            _servedDocument = document.Version;
            _seen = IsFloor(_served) && _floor!.FirstSeen is { } first ? new SeenTimes(document.Version, SeenTime.OfStore(first), Last: null) : null;
            _conditions = new KnownConditions(document.Version, conditions);
        }
    }

    /// <summary>Returns the upstream's validators of the document that is served, if they are known.</summary>
    public FetchConditions ConditionsOf(string revision) =>
        _conditions is { } known && string.Equals(known.Revision, revision, StringComparison.Ordinal) ? known.Conditions : FetchConditions.None;

    /// <summary>Records what a poll returned and what is served since. To be called within <see cref="EnterAsync"/>.</summary>
    /// <param name="isRollback">True if it was confirmed as a rollback.</param>
    /// <param name="conditions">The upstream's validators of the document.</param>
    /// <param name="started">The monotonic time at which the upstream was asked.</param>
    public void Confirmed(bool isRollback, FetchConditions conditions, long started)
    {
        if (_environment.Current?.Document is not { } document)
        {
            return;
        }

        if (_served is not { } served)
        {
            var version = FleetVersion.Of(document.Position);
            _served = _floor is { } floor ? version.WithEpochOf(floor.Version) : version;
        }
        else if (!string.Equals(_servedDocument, document.Version, StringComparison.Ordinal))
        {
            _served = served.Next(document.Position, isRollback ? RollbackTime() : null);
        }

        _servedDocument = document.Version;
        _conditions = new KnownConditions(document.Version, conditions);
        _seen = _seen is { } seen && seen.IsOf(document.Version) ? seen with { Last = SeenTime.OfClock(started) } : new SeenTimes(document.Version, Now(), SeenTime.OfClock(started));
        _report = new PollReport(document.Version, _lease.Token, Error: null, started);
        _wake.Request("a poll succeeded");
    }

    /// <summary>Records a failed poll.</summary>
    /// <param name="error">The error; without keys and content.</param>
    public void Failed(string error)
    {
        if (_lease.Token is { } token)
        {
            _report = new PollReport(Revision: null, token, error, _fleet.Time.GetTimestamp());
            _wake.Request("a poll failed");
        }
    }

    /// <summary>Runs the loop that uses the store until cancellation, then gives the lease back.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _fleet.Store.Subscribe(Id, Announced);
        try
        {
            await new StoreLoop(_fleet, _wake, StepAsync, NextPause, StepFailed).RunAsync(cancellationToken);
        }
        finally
        {
            _fleet.Store.Unsubscribe(Id);
            await ReleaseAsync(CancellationToken.None);
            _fleet.Shares.Closed();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _publication.Dispose();

    /// <summary>The version of a document on disk: the floor if it is that document, and never of an earlier epoch.</summary>
    private FleetVersion VersionOfStored(byte[] document)
    {
        var version = FleetVersion.Of(DocumentPosition.Of(document));
        return _floor?.Version is not { } floor ? version : IsFloor(version) ? floor : version.WithEpochOf(floor);
    }

    private bool IsFloor(FleetVersion version) => string.Equals(version.Revision, _floor?.Version.Revision, StringComparison.Ordinal);

    /// <summary>The interval of the holder's polls, which are rarer while a stream announces changes.</summary>
    private TimeSpan Interval => _environment.UpstreamStream?.PollInterval is { } slow ? slow : _fleet.Settings.PollInterval;

    /// <summary>The time of a rollback by the store's clock, which all members share; by its own clock until the store is reached.</summary>
    private DateTimeOffset RollbackTime() =>
        _look is null ? _fleet.Time.GetUtcNow() : DateTimeOffset.FromUnixTimeMilliseconds(StoreTimeOf(_fleet.Time.GetTimestamp()));

    private void Announced(string revision)
    {
        if (revision.StartsWith(IFleetStore.Doubt, StringComparison.Ordinal))
        {
            if (IsHolder)
            {
                _isDoubtful = true;
                _wake.Request("a member cannot use the store's document");
            }
        }
        else if (!string.Equals(_served?.Revision, revision, StringComparison.Ordinal))
        {
            _wake.Request("a member announced a document");
        }
    }

    private TimeSpan NextPause()
    {
        var interval = _fleet.Settings.PollInterval * (1 - (Jitter / 2) + (Jitter * _fleet.Random()));
        if (_isAway)
        {
            // Longer each time, so that a server that recovers is not overloaded.
            var away = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(_awayLooks, 4)) / 2) * (0.5 + (0.5 * _fleet.Random()));
            return away < MaxAwayPause ? away : MaxAwayPause;
        }

        var soon = IsHolder || Seen?.Holder is null ? FleetLease.RenewInterval : interval;
        return soon < interval ? soon : interval;
    }

    private void StepFailed(Exception exception)
    {
        _isAway = true;
        Log.Unexpected(_fleet.Logger, exception, EnvironmentLabel.Of(_environment));
    }

    private async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (_lease.Token is { } token)
        {
            _lease.GiveAway();
            await _fleet.Store.TryAsync(StoreOperation.Release, Id, store => store.ReleaseAsync(Id, token), cancellationToken);
        }
    }

    /// <param name="Revision">The revision that they belong to.</param>
    /// <param name="Conditions">The upstream's validators.</param>
    private sealed record KnownConditions(string Revision, FetchConditions Conditions);

    private sealed class Publication : IDisposable
    {
        private readonly SemaphoreSlim _gate;

        public Publication(SemaphoreSlim gate)
        {
            _gate = gate;
        }

        public void Dispose() => _gate.Release();
    }
}
