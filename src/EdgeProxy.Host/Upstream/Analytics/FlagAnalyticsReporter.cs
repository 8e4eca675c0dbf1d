using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream.Analytics;

/// <summary>
/// Forwards the evaluations that SDKs counted: an interval after the first count, and once more when the server has stopped.
/// While nothing is counted it does nothing.
/// </summary>
internal sealed partial class FlagAnalyticsReporter : ForwardingService
{
    private const int MaxAtOnce = 16;
    private const double Jitter = 0.1;

    private readonly FlagCountsLedger _ledger;
    private readonly AnalyticsMetrics _metrics;
    private readonly FlagAnalyticsSender _sender;
    private readonly Deliveries _deliveries;
    private readonly CountKeeper _keeper;
    private readonly AnalyticsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<FlagAnalyticsReporter> _logger;
    private readonly LogThrottle _delays;

    public FlagAnalyticsReporter(
        FlagCountsLedger ledger,
        AnalyticsMetrics metrics,
        FlagAnalyticsSender sender,
        Deliveries deliveries,
        CountKeeper keeper,
        AnalyticsOptions options,
        TimeProvider time,
        ILogger<FlagAnalyticsReporter> logger)
        : base(time)
    {
        _ledger = ledger;
        _metrics = metrics;
        _sender = sender;
        _deliveries = deliveries;
        _keeper = keeper;
        _options = options;
        _time = time;
        _logger = logger;
        _delays = new LogThrottle(time);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(UpstreamThreads.RunAsync(() => FlushAsync(stoppingToken)), UpstreamThreads.RunAsync(() => _keeper.RunAsync(stoppingToken)));

    /// <inheritdoc/>
    protected override async Task FinishAsync()
    {
        await UpstreamThreads.RunAsync(() => FlushAllAsync(isLast: true));
        if (_ledger.Waiting is > 0 and var waiting && waiting - await _keeper.StoreRestAsync() is > 0 and var lost)
        {
            _metrics.CountLost(LossReason.Shutdown, lost);
            Log.Unsent(_logger, Quantity.Of(lost, "evaluation"));
        }
    }

    private async Task FlushAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _ledger.Counted.Requested.WaitAsync(stoppingToken).ConfigureAwait(UpstreamThreads.ContinueSuppressingErrors);
            await UpstreamThreads.Pause(_options.FlushInterval * (1 - Jitter + (2 * Jitter * Random.Shared.NextDouble())), _time, stoppingToken);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            _ledger.Counted.Rearm();
            await FlushAllAsync(isLast: false);
            if (_ledger.Waiting > 0)
            {
                _ledger.Counted.Request();
            }
        }
    }

    /// <summary>Forwards the counts of all environments whose wait is over; the last time, of all.</summary>
    private async Task FlushAllAsync(bool isLast)
    {
        var environments = _deliveries.Environments();
        using var gate = new SemaphoreSlim(MaxAtOnce);
        _keeper.BeginRound();
        await Task.WhenAll(_deliveries.All.Where(delivery => isLast || delivery.IsDue).Select(async delivery =>
        {
            await gate.WaitAsync();
            await FlushAsync(delivery, environments.GetValueOrDefault(delivery.Counts.ClientSideKey)).ConfigureAwait(UpstreamThreads.ContinueSuppressingErrors);
            gate.Release();
        }));
        _keeper.EndRound();
    }

    private async Task FlushAsync(EnvironmentDelivery delivery, EnvironmentState? environment)
    {
        var counts = delivery.Counts;
        var restorations = counts.Restorations;
        TimeSpan? askedFor = null;
        var (isAnySent, isAnyFailed) = (false, false);
        foreach (var batch in counts.TakeAll(environment?.Current?.Snapshot))
        {
            var attempt = await TrySendAsync(delivery, batch);
            _metrics.CountFlush(attempt.Outcome);
            if (attempt.Outcome != FlushOutcome.Failed)
            {
                counts.Settle(batch);
                isAnySent |= attempt.Outcome == FlushOutcome.Sent;
                await _keeper.NoteSettledAsync(counts);
                continue;
            }

            counts.AddBack(batch);
            isAnyFailed = true;
            askedFor = attempt.AskedFor > (askedFor ?? TimeSpan.Zero) ? attempt.AskedFor : askedFor;
            if (attempt.IsUnreachable)
            {
                break; // the others would wait for nothing
            }
        }

        if (isAnyFailed)
        {
            delivery.NoteFailure(askedFor);
            await _keeper.NoteFailureAsync(counts);
            return;
        }

        if (isAnySent && delivery.Failures > 0)
        {
            _delays.Reset();
            var label = _deliveries.LabelOf(counts);
            Log.Recovered(_logger, label);
        }

        delivery.NoteSuccess();
        await _keeper.NoteDeliveryAsync(counts, restorations);
    }

    private async Task<Attempt> TrySendAsync(EnvironmentDelivery delivery, IAnalyticsBatch batch)
    {
        try
        {
            var answer = await _sender.SendAsync(delivery.Counts.ClientSideKey, batch, GivenUp);
            if (answer.IsTaken)
            {
                return new Attempt(FlushOutcome.Sent);
            }

            if (answer.IsTemporary)
            {
                LogDelay(delivery, batch, $"returned HTTP {answer.Status}");
                return new Attempt(FlushOutcome.Failed, answer.RetryAfter);
            }

            _metrics.CountLost(LossReason.Rejected, batch.Evaluations);
            if (delivery.Rejections.ShouldLog())
            {
                Log.Rejected(_logger, _sender.ShownUrlOf(batch), _deliveries.LabelOf(delivery.Counts), answer.Status, Quantity.Of(batch.Evaluations, "evaluation"));
            }

            return new Attempt(FlushOutcome.Rejected);
        }
        catch (UpstreamException exception)
        {
            LogDelay(delivery, batch, exception.Message);
        }
        catch (OperationCanceledException) when (GivenUp.IsCancellationRequested)
        {
            // The end: what waits is counted as lost.
        }
        catch (Exception exception)
        {
            // Catches everything: if the loop ended, evaluations would be counted and never sent.
            Log.Unexpected(_logger, exception, _deliveries.LabelOf(delivery.Counts));
        }

        return new Attempt(FlushOutcome.Failed, IsUnreachable: true);
    }

    private void LogDelay(EnvironmentDelivery delivery, IAnalyticsBatch batch, string reason)
    {
        var level = _delays.ShouldLog() ? LogLevel.Warning : LogLevel.Debug;
        if (_logger.IsEnabled(level))
        {
            var url = _sender.ShownUrlOf(batch);
            var environment = _deliveries.LabelOf(delivery.Counts);
            var evaluations = Quantity.Of(batch.Evaluations, "evaluation");
            Log.Delayed(_logger, level, url, environment, reason, evaluations);
        }
    }

    private readonly record struct Attempt(FlushOutcome Outcome, TimeSpan? AskedFor = null, bool IsUnreachable = false);
}
