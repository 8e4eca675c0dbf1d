using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;

namespace EdgeProxy.Host.Operations;

/// <summary>Decides whether the proxy is ready (docs/spec/sdk-api.md 9.1).</summary>
internal sealed class HealthMonitor
{
    private const string NotUpdated = "environment document(s) not updated.";
    private const string Stale = "environment document(s) stale.";
    private const string Behind = "environment document(s) behind those of the fleet.";
    private const string Held = "environment document(s) held for an operator.";
    private const string ShuttingDown = "shutting down.";
    private const string WarmingUp = "warming up.";

    private readonly EnvironmentRegistry _registry;
    private readonly HealthCheckOptions _options;
    private readonly TimeSpan _pollInterval;
    private readonly bool _isDiscovering;
    private readonly ShutdownPhase _shutdown;
    private readonly TimeProvider _time;
    private readonly FleetContext? _fleet;
    private readonly WarmUpPhase? _warmUp;

    /// <param name="registry">The environments.</param>
    /// <param name="options">The requirements.</param>
    /// <param name="pollInterval">The interval between two polls of an environment.</param>
    /// <param name="isDiscovering">True if discovery is enabled.</param>
    /// <param name="shutdown">The state of the shutdown.</param>
    /// <param name="time">The clock.</param>
    /// <param name="fleet">The fleet; null without a store.</param>
    /// <param name="warmUp">The progress of the warm-up; null without one.</param>
    public HealthMonitor(
        EnvironmentRegistry registry, HealthCheckOptions options, TimeSpan pollInterval, bool isDiscovering, ShutdownPhase shutdown, TimeProvider time,
        FleetContext? fleet = null, WarmUpPhase? warmUp = null)
    {
        _registry = registry;
        _options = options;
        _pollInterval = pollInterval;
        _isDiscovering = isDiscovering;
        _shutdown = shutdown;
        _time = time;
        _fleet = fleet;
        _warmUp = warmUp;
    }

    /// <summary>The current health.</summary>
    public HealthReport Report()
    {
        var environments = _registry.Environments;
        var reason = _shutdown.IsStopping ? ShuttingDown : ReasonNotReady(environments) ?? (_warmUp is { IsOver: false } ? WarmingUp : null);
        return new HealthReport(reason, ReferenceEquals(reason, NotUpdated) ? null : OldestFetch(environments), environments.Any(static environment => environment.Hold.Current is not null) ? Held : null);
    }

    /// <summary>Indicates whether the environments are as readiness requires, whatever else it waits for.</summary>
    public bool AreEnvironmentsReady => ReasonNotReady(_registry.Environments) is null;

    /// <summary>
    /// The entries of readiness that match no environment by name or key; null as long as that cannot be known, for there are
    /// environments that were not fetched once yet.
    /// </summary>
    public IReadOnlyList<string>? UnknownRequiredEnvironments()
    {
        var environments = _registry.Environments;
        return (!_isDiscovering || _registry.HasDiscovered) && environments.All(WasTried)
            ? [.. _options.Readiness.Named.Where(name => !environments.Any(environment => IsNamed(environment, name)))]
            : null;
    }

    /// <summary>The required environments that are not loaded, or are stale; all of these where one is required and none is ready.</summary>
    public IReadOnlyList<EnvironmentState> EnvironmentsAtFault()
    {
        var environments = _registry.Environments;
        var required = _options.Readiness;
        return ReasonNotReady(environments) is null ? []
            : [.. environments
                .Where(environment => required.Named.Count == 0 || required.Named.Any(name => IsNamed(environment, name)))
                .Where(environment => !IsLoaded(environment) || IsStale(environment))];
    }

    /// <summary>
    /// Determines whether an environment was fetched too long ago. Offline environments are never stale: they are as fresh
    /// as their files.
    /// </summary>
    public bool IsStale(EnvironmentState environment) =>
        !environment.IsOffline
        && IsLoaded(environment)
        && _options.EnvironmentUpdateGracePeriod is { } grace
        && _time.GetElapsedTime(environment.Freshness.FetchedTimestamp) > PollIntervalOf(environment) + (grace * _registry.Environments.Count);

    /// <summary>The interval between two polls of an environment.</summary>
    public TimeSpan PollIntervalOf(EnvironmentState environment) => environment.UpstreamStream?.PollInterval ?? _pollInterval;

    private static bool IsLoaded(EnvironmentState environment) => environment is { Current: not null, Freshness.Fetched: not null };

    private static bool WasTried(EnvironmentState environment) => environment is not { Current: null, Freshness.Failures: 0 };

    private string? ReasonNotReady(IReadOnlyList<EnvironmentState> environments) =>
        ReasonByRequirement(environments) ?? (_fleet?.IsBehindOthers == true ? Behind : null);

    private string? ReasonByRequirement(IReadOnlyList<EnvironmentState> environments)
    {
        var required = _options.Readiness;
        if (required.IsAny)
        {
            return !environments.Any(IsLoaded) ? NotUpdated : environments.Where(IsLoaded).All(IsStale) ? Stale : null;
        }

        if (required.Named.Count > 0)
        {
            var named = environments.Where(environment => required.Named.Any(name => IsNamed(environment, name))).ToList();
            return required.Named.All(name => named.Exists(environment => IsNamed(environment, name))) ? Worst(named) : NotUpdated;
        }

        return _isDiscovering && !_registry.HasDiscovered ? NotUpdated : Worst(environments);
    }

    private string? Worst(IReadOnlyList<EnvironmentState> environments) =>
        !environments.All(IsLoaded) ? NotUpdated : environments.Any(IsStale) ? Stale : null;

    private static bool IsNamed(EnvironmentState environment, string name) =>
        string.Equals(environment.ClientSideKey, name, StringComparison.Ordinal)
        || string.Equals(environment.Current?.Snapshot.Name, name, StringComparison.Ordinal);

    /// <summary>The oldest among environments with an upstream, if there are any.</summary>
    private static DateTimeOffset? OldestFetch(IReadOnlyList<EnvironmentState> environments)
    {
        var polled = environments.Where(static environment => !environment.IsOffline);
        return polled.Min(static environment => environment.Freshness.Fetched)
            ?? environments.Min(static environment => environment.Freshness.Fetched);
    }
}
