using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Upstream.Discovery;

/// <summary>
/// The proxy config as the members of a fleet share it (docs/spec/fleet.md 7): one member requests it, and the others take it
/// from the store. It has a loop of its own, so that no poll waits for the store.
/// </summary>
internal sealed partial class SharedProxyConfig
{
    private const int MaxUnconfirmedIntervals = 3;
    private const double Jitter = 0.2;

    private static readonly TimeSpan FirstPollGrace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MaxAwayPause = TimeSpan.FromSeconds(5);

    private readonly FleetContext _fleet;
    private readonly DiscoveredEnvironments _environments;
    private readonly RefreshSignal _polls;
    private readonly Action<ReadOnlyMemory<byte>> _keep;
    private readonly SealedEnvironment _sealed;
    private readonly FleetLease _lease;
    private readonly RefreshSignal _wake = new();
    private readonly Lock _lock = new();
    private readonly long _started;
    private readonly double _patience;
    private volatile ServedProxyConfig? _served;
    private volatile TimedLook? _look;
    private volatile bool _isAway = true;
    private volatile bool _isDoubtful;
    private long _confirmed;
    private (string Revision, long WrittenAt)? _unusable;

    /// <param name="fleet">The fleet.</param>
    /// <param name="proxyKey">The proxy key; members with the same one share.</param>
    /// <param name="environments">The environments that the config lists.</param>
    /// <param name="polls">Requests polls of this member.</param>
    /// <param name="keep">Stores a config that came from another member for the next start.</param>
    public SharedProxyConfig(
        FleetContext fleet, string proxyKey, DiscoveredEnvironments environments, RefreshSignal polls, Action<ReadOnlyMemory<byte>> keep)
    {
        _fleet = fleet;
        _environments = environments;
        _polls = polls;
        _keep = keep;
        _sealed = new SealedEnvironment(proxyKey);
        var shares = new LeaseShares(); // its lease does not count among those of environments
        shares.Opened();
        _lease = new FleetLease(shares, $"{fleet.Settings.Name}/{fleet.Settings.StartTag}", fleet.Time);
        _started = fleet.Time.GetTimestamp();
        _patience = 1 + (Jitter * fleet.Random());
    }

    /// <summary>The revision that is applied; null before the first.</summary>
    public string? Revision => _served?.Revision;

    /// <summary>Determines whether this member is to request the config.</summary>
    public bool MayPoll
    {
        get
        {
            if (_fleet.Settings.Poll != FleetPolling.Lease)
            {
                return _fleet.Settings.Poll == FleetPolling.All;
            }

            return _isAway || IsHolder
                || (_served is null
                    ? _fleet.Time.GetElapsedTime(_started) > FirstPollGrace
                    : _fleet.Time.GetElapsedTime(Volatile.Read(ref _confirmed)) > _fleet.Settings.PollInterval * MaxUnconfirmedIntervals * _patience);
        }
    }

    private string Id => _sealed.Id;

    private bool IsHolder => _lease.Token is not null;

    /// <summary>Applies the store's config, if there is one. To be called before the first poll. Takes no longer than the timeout of the store.</summary>
    /// <returns>True if it is applied.</returns>
    public async Task<bool> RestoreAsync(CancellationToken cancellationToken)
    {
        var read = await ReadAsync(cancellationToken);
        _isAway = !read.IsKnown;
        return read.Value is { } stored && Take(stored);
    }

    /// <summary>Records that a config of the disk is applied.</summary>
    public void Restored(byte[] content)
    {
        lock (_lock)
        {
            _served = new ServedProxyConfig(DocumentPosition.RevisionOf(content), content, Sequence: 0, PolledAt: null);
        }
    }

    /// <summary>Applies a config that a poll returned, unless another member polled later. An invalid one is an exception, and changes nothing.</summary>
    /// <param name="content">The config.</param>
    /// <param name="started">The monotonic time of the request.</param>
    /// <returns>True if it is applied.</returns>
    public bool TryApply(ReadOnlyMemory<byte> content, long started)
    {
        lock (_lock)
        {
            if (_served is { PolledAt: null } && !IsHolder && Volatile.Read(ref _confirmed) > started)
            {
                return false;
            }

            _environments.Apply(content);
            _served = new ServedProxyConfig(DocumentPosition.RevisionOf(content.Span), content.ToArray(), _served?.Sequence ?? 0, started);
            Volatile.Write(ref _confirmed, started);
        }

        _wake.Request("a poll succeeded");
        return true;
    }

    /// <summary>Records that a poll returned no other config than the applied one.</summary>
    /// <param name="revision">The revision that the poll was about.</param>
    /// <param name="started">The monotonic time of the request.</param>
    public void Unchanged(string? revision, long started)
    {
        lock (_lock)
        {
            if (_served is not { } served || served.Revision != revision)
            {
                return; // another one came from the store meanwhile
            }

            _served = served with { PolledAt = started };
            Volatile.Write(ref _confirmed, started);
        }

        _wake.Request("a poll succeeded");
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
            if (_lease.Token is { } token)
            {
                _lease.Drop();
                await _fleet.Store.TryAsync(StoreOperation.Release, Id, store => store.ReleaseAsync(Id, token), CancellationToken.None);
            }
        }
    }

    private void Announced(string revision)
    {
        if (revision.StartsWith(IFleetStore.Doubt, StringComparison.Ordinal))
        {
            if (IsHolder)
            {
                _isDoubtful = true;
                _wake.Request("a member cannot use the store's proxy config");
            }
        }
        else if (!string.Equals(Revision, revision, StringComparison.Ordinal))
        {
            _wake.Request("a member announced a proxy config");
        }
    }

    private TimeSpan NextPause()
    {
        var interval = _fleet.Settings.PollInterval * (1 - (Jitter / 2) + (Jitter * _fleet.Random()));
        if (_isAway)
        {
            return MaxAwayPause * (0.2 + (0.8 * _fleet.Random()));
        }

        var soon = IsHolder || _look?.Value.Holder is null ? FleetLease.RenewInterval : interval;
        return soon < interval ? soon : interval;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.FleetConfigTaken, LogLevel.Debug, "Proxy config: using {Revision}, which member {Writer} wrote to the fleet's store")]
        public static partial void Taken(ILogger logger, string revision, string writer);

        [LoggerMessage(EventIds.FleetConfigUnusable, LogLevel.Warning,
            "Proxy config: the one that member {Writer} is said to have written to the fleet's store cannot be used: {Reason}. The one before stays; the member that requests it from the API replaces it. Check who can write to the store")]
        public static partial void Unusable(ILogger logger, string writer, string reason);

        [LoggerMessage(EventIds.FleetConfigFailed, LogLevel.Error, "Proxy config: unexpected error while using the fleet's store; will retry")]
        public static partial void Unexpected(ILogger logger, Exception exception);
    }
}
