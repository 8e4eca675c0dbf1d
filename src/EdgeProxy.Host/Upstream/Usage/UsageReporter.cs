using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Upstream.Failures;
using EdgeProxy.Host.Usage;

namespace EdgeProxy.Host.Upstream.Usage;

/// <summary>
/// Reports usage counts in batches: periodically, when shutdown is requested, and once more after the last request. New
/// counts are taken only when all earlier batches were delivered.
/// </summary>
internal sealed partial class UsageReporter : BackgroundService
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    private readonly UsageLedger _ledger;
    private readonly UsageSender _sender;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly UpstreamOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<UsageReporter> _logger;
    private readonly LogThrottle _delays;
    private readonly Queue<UsageBatch> _batches = [];
    private readonly CancellationTokenSource _givenUp = new();

    public UsageReporter(
        UsageLedger ledger, UsageSender sender, IHostApplicationLifetime lifetime, UpstreamOptions options, TimeProvider time, ILogger<UsageReporter> logger)
    {
        _ledger = ledger;
        _sender = sender;
        _lifetime = lifetime;
        _options = options;
        _time = time;
        _logger = logger;
        _delays = new LogThrottle(time);
    }

    /// <summary>
    /// Reports the remaining counts. The host calls this after the server has stopped, so nothing follows it.
    /// </summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // A report in flight is not aborted for this: it would only have to be sent again.
        await using var limit = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _givenUp);
        await base.StopAsync(cancellationToken);
        if (ExecuteTask is null)
        {
            return; // never started
        }

        await ExecuteTask.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await UpstreamThreads.RunAsync(() => FlushAsync(CancellationToken.None));
        if (_batches.Count > 0)
        {
            Log.Unreported(_logger, UsageBatch.Describe(_batches.Sum(static batch => batch.Rows), _batches.Sum(static batch => batch.Requests)));
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _givenUp.Cancel();
        base.Dispose();
        _givenUp.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => UpstreamThreads.RunAsync(async () =>
    {
        // Reports immediately when shutdown is requested: if clients use the whole shutdown delay, only little is left for the end.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, _lifetime.ApplicationStopping);
        var loop = new UpstreamLoop(new RefreshSignal(), _time);
        await loop.PauseAsync(NextPause(), stopping.Token);
        await loop.RunAsync(_ => FlushAsync(stoppingToken), NextPause, stopping.Token);
        await FlushAsync(stoppingToken);
    });

    private LoopPause NextPause() => new(_options.UsageFlushInterval);

    /// <summary>Sends the remaining earlier batches, then the counts since.</summary>
    /// <param name="hurry">Ends a wait between two attempts, once.</param>
    private async Task FlushAsync(CancellationToken hurry)
    {
        try
        {
            await SendAllAsync(hurry);
            foreach (var rows in _ledger.Take().Chunk(UsageBatch.MaxRows))
            {
                _batches.Enqueue(new UsageBatch(rows));
            }

            await SendAllAsync(hurry);
        }
        catch (OperationCanceledException) when (_givenUp.IsCancellationRequested)
        {
            // Unsent batches are kept, with their idempotency keys.
        }
    }

    private async Task SendAllAsync(CancellationToken hurry)
    {
        var isHurried = false;
        while (_batches.TryPeek(out var batch))
        {
            var failures = 0;
            for (var isAgain = false; await TrySendAsync(batch, isAgain, _givenUp.Token) is { } askedFor; isAgain = true)
            {
                var wait = PollSchedule.Next(LongestRetry, ++failures, isLoaded: false, askedFor, Random.Shared.NextDouble());
                await UpstreamThreads.Pause(wait, _time, isHurried ? _givenUp.Token : hurry);
                if (!isHurried && hurry.IsCancellationRequested)
                {
                    isHurried = true;
                    failures = 0; // little time is left: retry soon, then later and later
                }
            }

            _batches.Dequeue();
        }
    }

    /// <summary>Sends a batch once.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="isAgain">True if it was sent before.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The delay that the upstream asks for before the next attempt, mostly zero; null if the batch is done.</returns>
    private async Task<TimeSpan?> TrySendAsync(UsageBatch batch, bool isAgain, CancellationToken cancellationToken)
    {
        try
        {
            if (await _sender.SendAsync(batch, cancellationToken) is { } status)
            {
                Log.Dropped(_logger, batch.ToString(), status);
            }
            else if (isAgain)
            {
                _delays.Reset();
                Log.Recovered(_logger, batch.ToString());
            }

            return null;
        }
        catch (UpstreamException exception)
        {
            var level = _delays.ShouldLog() ? LogLevel.Warning : LogLevel.Debug;
            if (_logger.IsEnabled(level))
            {
                var (requests, url) = (batch.ToString(), UpstreamUrl.Show(exception.Url ?? _sender.Url));
                Log.Delayed(_logger, level, requests, url, exception.Message);
            }

            return exception.RetryAfter ?? TimeSpan.Zero;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Catches everything: if the loop ended, usage would be counted and never reported.
            Log.Unexpected(_logger, exception, batch.ToString());
            return TimeSpan.Zero;
        }
    }
}
