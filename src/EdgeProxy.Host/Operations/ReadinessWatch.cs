using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Operations;

/// <summary>
/// Says when <c>health_check.readiness</c> names what no environment is, which keeps the proxy from ever being ready. It
/// waits until each environment was asked for once, for names come with documents, and says it again only when it is
/// another name.
/// </summary>
internal sealed partial class ReadinessWatch : BackgroundService
{
    /// <summary>How often it looks. Environments come, go and get names at any time.</summary>
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
            // Masked, all of them: what no environment is called may be a key with a mistake in it.
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
