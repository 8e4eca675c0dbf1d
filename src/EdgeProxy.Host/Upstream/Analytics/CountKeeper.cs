using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Persistence.Analytics;

namespace EdgeProxy.Host.Upstream.Analytics;

/// <summary>
/// Decides which counts are stored for the next start (docs/spec/analytics.md 2.4): those of environments whose delivery
/// failed, or takes long. While the API takes counts, nothing is stored, and so nothing can be counted twice.
/// </summary>
internal sealed partial class CountKeeper
{
    private const long Never = long.MinValue;

    private static readonly TimeSpan ClaimInterval = TimeSpan.FromMinutes(1);

    private readonly FlagCountStore _store;
    private readonly FlagCountsLedger _ledger;
    private readonly Deliveries _deliveries;
    private readonly AnalyticsMetrics _metrics;
    private readonly AnalyticsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<CountKeeper> _logger;
    private long _claimed = Never;
    private long _roundStarted = Never;

    public CountKeeper(
        FlagCountStore store,
        FlagCountsLedger ledger,
        Deliveries deliveries,
        AnalyticsMetrics metrics,
        AnalyticsOptions options,
        TimeProvider time,
        ILogger<CountKeeper> logger)
    {
        _store = store;
        _ledger = ledger;
        _deliveries = deliveries;
        _metrics = metrics;
        _options = options;
        _time = time;
        _logger = logger;
    }

    private bool IsRoundLong =>
        Volatile.Read(ref _roundStarted) is not Never and var started && _time.GetElapsedTime(started) >= _options.FlushInterval / 2;

    /// <summary>Takes over what earlier processes left, and stores at every interval what is behind.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        while (_store.IsEnabled && !stoppingToken.IsCancellationRequested)
        {
            if (_claimed == Never || _time.GetElapsedTime(_claimed) >= ClaimInterval)
            {
                _claimed = _time.GetTimestamp();
                await ClaimAsync(stoppingToken);
            }

            var isRoundLong = IsRoundLong;
            await Task.WhenAll(_deliveries.All
                .Where(delivery => isRoundLong || delivery.Failures > 0 || _store.Has(delivery.Counts))
                .Select(delivery => _store.SaveAsync(delivery.Counts)));
            await UpstreamThreads.Pause(_options.FlushInterval, _time, stoppingToken);
        }
    }

    /// <summary>Notes that a flush of all environments begins.</summary>
    public void BeginRound() => Volatile.Write(ref _roundStarted, _time.GetTimestamp());

    /// <summary>Notes that it has ended.</summary>
    public void EndRound() => Volatile.Write(ref _roundStarted, Never);

    /// <summary>Stores what is left after a request was answered, if anything is stored: what was delivered must not be.</summary>
    public Task NoteSettledAsync(FlagCounts counts) => _store.Has(counts) ? _store.SaveAsync(counts) : Task.CompletedTask;

    /// <summary>Stores what a flush could not deliver.</summary>
    public Task NoteFailureAsync(FlagCounts counts) => _store.SaveAsync(counts);

    /// <summary>Removes what is stored: the flush delivered it. If that took long, what was counted meanwhile stays.</summary>
    /// <param name="counts">The environment.</param>
    /// <param name="restorations"><see cref="FlagCounts.Restorations"/> before the flush.</param>
    public Task NoteDeliveryAsync(FlagCounts counts, int restorations) =>
        !_store.Has(counts) ? Task.CompletedTask
        : IsRoundLong ? _store.SaveAsync(counts)
        : _store.ForgetAsync(counts, restorations);

    /// <summary>Stores what the last flush could not deliver.</summary>
    /// <returns>The evaluations that are stored.</returns>
    public async Task<long> StoreRestAsync()
    {
        var stored = (await Task.WhenAll(_deliveries.All.Select(delivery => _store.SaveAsync(delivery.Counts)))).Sum();
        if (stored > 0)
        {
            Log.Stored(_logger, Quantity.Of(stored, "evaluation"), _store.ShownPath);
        }

        return stored;
    }

    private async Task ClaimAsync(CancellationToken stoppingToken)
    {
        foreach (var (counts, evaluations) in await _store.ClaimAsync(_deliveries.Served, stoppingToken))
        {
            _metrics.CountRestored(evaluations);
            _ledger.Counted.Request();
            var (environment, quantity) = (_deliveries.LabelOf(counts), Quantity.Of(evaluations, "evaluation"));
            Log.Restored(_logger, environment, quantity);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.AnalyticsStored, LogLevel.Information,
            "Analytics: {Evaluations} not sent before the end; stored in {Directory}, to be sent after the next start")]
        public static partial void Stored(ILogger logger, string evaluations, string directory);

        [LoggerMessage(EventIds.AnalyticsRestored, LogLevel.Information,
            "Analytics: {Evaluations} of the environment {Environment}, stored by an earlier process, will be sent now")]
        public static partial void Restored(ILogger logger, EnvironmentLabel environment, string evaluations);
    }
}
