using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Operations;

/// <summary>
/// Logs entries of <c>health_check.readiness</c> that match no environment, which keep the proxy from becoming ready. It
/// waits until each environment was fetched once, for names come with documents, and logs again only for other entries.
/// </summary>
internal sealed partial class ReadinessWatch : BackgroundService
{
    /// <summary>The time between two checks. Environments are added, removed and named at any time.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly HealthMonitor _health;
    private readonly EnvironmentRegistry _registry;
    private readonly TimeProvider _time;
    private readonly ILogger<ReadinessWatch> _logger;

    public ReadinessWatch(HealthMonitor health, EnvironmentRegistry registry, TimeProvider time, ILogger<ReadinessWatch> logger)
    {
        _health = health;
        _registry = registry;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IReadOnlyList<string> said = [];
        using var timer = new PeriodicTimer(Interval, _time);
        do
        {
            if (_health.UnknownRequiredEnvironments() is { } named && !named.SequenceEqual(said, StringComparer.Ordinal))
            {
                said = named;
                Say(named);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Say(IReadOnlyList<string> named)
    {
        if (named.Count > 0)
        {
            // All of them are masked: an unknown name may be a misspelled key.
            var notLoaded = _registry.Environments.Count(static environment => environment.Current is null);
            Log.UnknownRequiredEnvironments(_logger, string.Join(", ", named.Select(KeyMask.Mask)), notLoaded);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ReadinessNamesUnknown, LogLevel.Warning,
            "health_check.readiness contains entries that are neither the name nor the client-side key of an environment: {Names} (environments not loaded yet, whose names are unknown: {NotLoaded}); readiness fails until all entries are known")]
        public static partial void UnknownRequiredEnvironments(ILogger logger, string names, int notLoaded);
    }
}
