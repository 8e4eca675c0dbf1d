using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Upstream;

namespace EdgeProxy.Host.Usage;

/// <summary>
/// Reports what was counted, in batches: every so often, when the proxy is told to stop, and once more when it has answered
/// its last request. Nothing is taken from the counters before what was taken earlier is through.
/// </summary>
internal sealed partial class UsageReporter : BackgroundService
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    private readonly UsageLedger _ledger;
    private readonly UsageSender _sender;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ProxyOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<UsageReporter> _logger;
    private readonly Queue<UsageBatch> _batches = [];

    public UsageReporter(
        UsageLedger ledger, UsageSender sender, IHostApplicationLifetime lifetime, ProxyOptions options, TimeProvider time, ILogger<UsageReporter> logger)
    {
        _ledger = ledger;
        _sender = sender;
        _lifetime = lifetime;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>Reports the rest. The host calls this after the server has stopped, so nothing comes after it.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (ExecuteTask is null)
        {
            return; // never started
        }

        // The host's patience may be over already. The loop was told to end and does so at once, whatever it waits for.
        await ExecuteTask.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await UpstreamThreads.RunAsync(() => FlushAsync(cancellationToken));
        if (_batches.Count > 0)
        {
            Log.Unreported(_logger, _batches.Sum(static batch => batch.Rows), _batches.Sum(static batch => batch.Requests));
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => UpstreamThreads.RunAsync(async () =>
    {
        // Told to stop, it reports at once: should clients keep the server until the very end, only little is left for then.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, _lifetime.ApplicationStopping);
        while (!stopping.IsCancellationRequested)
        {
            await UpstreamThreads.Pause(_options.UsageFlushInterval, _time, stopping.Token);
            await FlushAsync(stoppingToken);
        }
    });

    /// <summary>Sends what is left of the time before, then what was counted since.</summary>
    private async Task FlushAsync(CancellationToken cancellation)
    {
        try
        {
            await SendAllAsync(cancellation);
            foreach (var rows in _ledger.Take().Chunk(UsageBatch.MostRows))
            {
                _batches.Enqueue(new UsageBatch(rows));
            }

            await SendAllAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What is left stays, with its keys.
        }
    }

    private async Task SendAllAsync(CancellationToken cancellation)
    {
        while (_batches.TryPeek(out var batch))
        {
            for (var failures = 1; await TrySendAsync(batch, failures, cancellation) is { } wait; failures++)
            {
                await Task.Delay(wait, _time, cancellation);
            }

            _batches.Dequeue();
        }
    }

    /// <summary>Sends a batch once.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="attempt">The how manieth time this is.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>How long to wait before it must be sent again; null if it is done with.</returns>
    private async Task<TimeSpan?> TrySendAsync(UsageBatch batch, int attempt, CancellationToken cancellation)
    {
        var askedFor = default(TimeSpan?);
        try
        {
            if (await _sender.SendAsync(batch, cancellation) is { } status)
            {
                Log.Dropped(_logger, status, batch.Rows, batch.Requests);
            }
            else if (attempt > 1)
            {
                Log.Recovered(_logger, attempt);
            }

            return null;
        }
        catch (UpstreamException exception)
        {
            askedFor = exception.RetryAfter;
            Log.Delayed(_logger, batch.Rows, batch.Requests, exception.Message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // Everything: a loop that ends would count for ever and never tell.
            Log.Unexpected(_logger, exception, batch.Rows, batch.Requests);
        }

        cancellation.ThrowIfCancellationRequested();
        return PollSchedule.Next(LongestRetry, attempt, isLoaded: false, askedFor, Random.Shared.NextDouble());
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.UsageDropped, LogLevel.Error,
            "Usage: the upstream rejected a report with {Status}: {Rows} rows that tell of {Requests} requests are dropped; check proxy_key and api_url")]
        public static partial void Dropped(ILogger logger, int status, int rows, long requests);

        [LoggerMessage(EventIds.UsageDelayed, LogLevel.Warning,
            "Usage: reporting {Rows} rows that tell of {Requests} requests failed: {Reason}; the same is sent again")]
        public static partial void Delayed(ILogger logger, int rows, long requests, string reason);

        [LoggerMessage(EventIds.UsageRecovered, LogLevel.Information, "Usage: reported at the attempt number {Attempt}")]
        public static partial void Recovered(ILogger logger, int attempt);

        [LoggerMessage(EventIds.UsageUnreported, LogLevel.Error,
            "Usage: {Rows} rows that tell of {Requests} requests could not be reported before the end")]
        public static partial void Unreported(ILogger logger, int rows, long requests);

        [LoggerMessage(EventIds.UsageUnexpected, LogLevel.Error,
            "Usage: reporting {Rows} rows that tell of {Requests} requests failed in a way that was not expected; the same is sent again")]
        public static partial void Unexpected(ILogger logger, Exception exception, int rows, long requests);
    }
}
