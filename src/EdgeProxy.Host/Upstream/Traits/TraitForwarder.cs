using System.Collections.Concurrent;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Upstream.Traits;

/// <summary>
/// Forwards identities and their traits to the API (docs/spec/traits.md 2): moves what requests left in the buffers into the
/// queue, and sends what is due. Asleep while there is nothing to do.
/// </summary>
internal sealed partial class TraitForwarder : ForwardingService
{
    // Requests of this time are taken together: it costs less to look at many than at one, and many become one call.
    private static readonly TimeSpan CollectionTime = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RefusedPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Never = TimeSpan.MaxValue;

    private readonly TraitIntake _intake;
    private readonly TraitQueue _queue;
    private readonly TraitMetrics _metrics;
    private readonly TraitSender _sender;
    private readonly TraitMemory _memory;
    private readonly TraitForwardingOptions _options;
    private readonly EnvironmentRegistry _registry;
    private readonly TimeProvider _time;
    private readonly ILogger<TraitForwarder> _logger;
    private readonly SendRate _rate;
    private readonly LogThrottle _delays;
    private readonly LogThrottle _rejections;
    private readonly LogThrottle _drops;
    private readonly ConcurrentQueue<(PendingCall Call, TraitAnswer? Answer, string Failure)> _ended = [];
    private readonly WakeUp _callEnded = new();
    private long _droppedLogged;
    private int _inFlight;
    private int _failures;

    public TraitForwarder(
        TraitIntake intake,
        TraitQueue queue,
        TraitMetrics metrics,
        TraitSender sender,
        TraitMemory memory,
        TraitForwardingOptions options,
        EnvironmentRegistry registry,
        TimeProvider time,
        ILogger<TraitForwarder> logger)
        : base(time)
    {
        _intake = intake;
        _queue = queue;
        _metrics = metrics;
        _sender = sender;
        _memory = memory;
        _options = options;
        _registry = registry;
        _time = time;
        _logger = logger;
        _rate = new SendRate(options.MaxPerSecond, time);
        _delays = new LogThrottle(time);
        _rejections = new LogThrottle(time);
        _drops = new LogThrottle(time);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => UpstreamThreads.RunAsync(async () =>
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await RoundAsync(isLast: false, stoppingToken);
            await PauseAsync(stoppingToken);
        }

        do
        {
            await RoundAsync(isLast: true, GivenUp);
            if (IsBusy)
            {
                await WaitAsync(_inFlight < _options.MaxConcurrent && _queue.NextDue is not null ? _rate.Wait : _memory.Wait, [], GivenUp);
            }
        }
        while (!GivenUp.IsCancellationRequested && IsBusy);
    });

    private bool IsBusy => _inFlight > 0 || _queue.NextDue is not null || _memory.IsBusy;

    /// <inheritdoc/>
    protected override Task FinishAsync()
    {
        if (_queue.Count > 0)
        {
            _metrics.CountLost(TraitLoss.Shutdown, _queue.Count);
            Log.Unsent(_logger, _queue.Count);
        }

        return Task.CompletedTask;
    }

    /// <summary>Catches everything: if the loop ended, identities would be taken and never sent.</summary>
    private async Task RoundAsync(bool isLast, CancellationToken cancellationToken)
    {
        try
        {
            Round(isLast);
        }
        catch (Exception exception)
        {
            Log.Unexpected(_logger, exception);
            await UpstreamThreads.Pause(PauseAfterError, _time, cancellationToken);
        }
    }

    /// <summary>Looks at everything that happened, and sends what may be sent. Rearms first, so that nothing is missed.</summary>
    private void Round(bool isLast)
    {
        _intake.Taken.Rearm();
        _intake.Filling.Rearm();
        EndCalls(isLast);
        _intake.MoveTo(_queue);
        LogDrops();
        _memory.Round(_queue, _callEnded);
        while (_inFlight < _options.MaxConcurrent && _rate.Wait == TimeSpan.Zero && _queue.Next(isLast) is { } call)
        {
            _rate.Take();
            _inFlight++;
            _ = SendAsync(call);
        }
    }

    private void LogDrops()
    {
        var dropped = _metrics.Lost(TraitLoss.BufferFull) + _metrics.Lost(TraitLoss.QueueFull);
        if (dropped > _droppedLogged && _drops.ShouldLog())
        {
            Log.Dropped(_logger, dropped - _droppedLogged, _queue.Count);
            _droppedLogged = dropped;
        }
    }

    /// <summary>Sleeps until a call is due or has ended, or some time after the first request.</summary>
    private async Task PauseAsync(CancellationToken stoppingToken)
    {
        var due = TimeUntilDue();
        await WaitAsync(due, [_intake.Taken.Requested, _intake.Filling.Requested], stoppingToken);
        if (_intake.Taken.Requested.IsCompleted)
        {
            await WaitAsync(due < CollectionTime ? due : CollectionTime, [_intake.Filling.Requested], stoppingToken);
        }
    }

    private TimeSpan TimeUntilDue()
    {
        if (_inFlight >= _options.MaxConcurrent || _queue.NextDue is not { } due)
        {
            return _memory.Wait;
        }

        var now = _time.GetTimestamp();
        var wait = due > now ? _time.GetElapsedTime(now, due) : TimeSpan.Zero;
        return Min(_memory.Wait, wait > _rate.Wait ? wait : _rate.Wait);
    }

    /// <summary>Waits for a time, for one of the tasks, or until a call has ended.</summary>
    private async Task WaitAsync(TimeSpan time, IEnumerable<Task> tasks, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny([Task.Delay(time == Never ? Timeout.InfiniteTimeSpan : time, _time, over.Token), _callEnded.Requested, .. tasks]);
        await over.CancelAsync();
    }
}
