using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Operations;

/// <summary>Decides whether the proxy is ready (sdk-api.md, "Health").</summary>
internal sealed class HealthMonitor
{
    private const string NotUpdated = "environment document(s) not updated.";
    private const string Stale = "environment document(s) stale.";

    private readonly EnvironmentRegistry _registry;
    private readonly ProxyOptions _options;
    private readonly TimeProvider _time;

    public HealthMonitor(EnvironmentRegistry registry, ProxyOptions options, TimeProvider time)
    {
        _registry = registry;
        _options = options;
        _time = time;
    }

    /// <summary>How things are now.</summary>
    public HealthReport Report()
    {
        DateTimeOffset? oldest = null;
        DateTimeOffset? oldestPolled = null;
        foreach (var environment in _registry.Environments)
        {
            if (environment.Current is null || environment.LastSuccessfulFetch is not { } fetched)
            {
                return new HealthReport(NotUpdated, null);
            }

            oldest = Older(oldest, fetched);
            oldestPolled = environment.IsOffline ? oldestPolled : Older(oldestPolled, fetched);
        }

        // A file is as fresh as its owner made it; only what is polled gets stale.
        return new HealthReport(IsStale(oldestPolled) ? Stale : null, oldestPolled ?? oldest);
    }

    private bool IsStale(DateTimeOffset? fetched) =>
        fetched is { } time
        && _options.HealthCheck.EnvironmentUpdateGracePeriod is { } grace
        && _time.GetUtcNow() - time > _options.ApiPollFrequency + (grace * _registry.Environments.Count);

    private static DateTimeOffset Older(DateTimeOffset? one, DateTimeOffset other) => one is { } time && time < other ? time : other;
}
