using System.Net.Sockets;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Http.Overload;

/// <summary>Measures the queue delay several times a second, and has excess requests rejected while it is too long.</summary>
internal sealed partial class OverloadMonitor : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    // Without requests nothing can be overloaded; the first ones of a burst still get their share controlled soon.
    private static readonly TimeSpan IdleInterval = TimeSpan.FromMilliseconds(250);

    // The number of measurements without a request before it is idle.
    private const int IdleAfter = 40;

    // Connections are spread over the threads evenly, so that a few threads represent all.
    private const int MaxProbes = 8;

    private readonly LoadShedder _shedder;
    private readonly ServerMetrics _metrics;
    private readonly EnvironmentRegistry _registry;
    private readonly FairShares _fairShares = new();
    private readonly TimeSpan _maxDelay;
    private readonly TimeProvider _time;
    private readonly ILogger<OverloadMonitor> _logger;
    private readonly OverloadLog _log;

    /// <param name="shedder">Receives the share to accept.</param>
    /// <param name="metrics">Provides the number of answered requests.</param>
    /// <param name="registry">The environments, which share the capacity.</param>
    /// <param name="options">The target queue delay.</param>
    /// <param name="time">The system clock: queues do not follow a simulated one.</param>
    /// <param name="logger">The log.</param>
    public OverloadMonitor(
        LoadShedder shedder, ServerMetrics metrics, EnvironmentRegistry registry, OverloadOptions options, TimeProvider time, ILogger<OverloadMonitor> logger)
    {
        _metrics = metrics;
        _registry = registry;
        _shedder = shedder;
        _maxDelay = options.MaxQueueDelay;
        _time = time;
        _logger = logger;
        _log = new OverloadLog(options.MaxQueueDelay, logger);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var probes = new List<QueueProbe>();
        try
        {
            for (var i = 0; i < Math.Min(Environment.ProcessorCount, MaxProbes); i++)
            {
                probes.Add(new QueueProbe(_time));
            }

            await WatchAsync(probes, stoppingToken);
        }
        catch (SocketException exception)
        {
            Log.Unavailable(_logger, exception.Message);
        }
        finally
        {
            _shedder.Share = LoadShedder.All;
            probes.ForEach(static probe => probe.Dispose());
        }
    }

    private async Task WatchAsync(List<QueueProbe> probes, CancellationToken cancellationToken)
    {
        var control = new ShareControl(_maxDelay);
        var (takenBefore, lookedAt) = (Taken, _time.GetTimestamp());
        using var timer = new PeriodicTimer(Interval, _time);
        var idle = 0;
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var (taken, now) = (Taken, _time.GetTimestamp());
            var perSecond = (taken - takenBefore) / _time.GetElapsedTime(lookedAt, now).TotalSeconds;
            idle = taken != takenBefore || control.Share < LoadShedder.All ? 0 : idle + 1;
            var interval = idle < IdleAfter ? Interval : IdleInterval;
            if (timer.Period != interval)
            {
                timer.Period = interval;
            }

            (takenBefore, lookedAt) = (taken, now);
            control.Note(new TimeSpan((long)probes.Average(static probe => probe.Delay.Ticks)), perSecond);
            Apply(control.Share);
            _log.Note(control.Share < LoadShedder.All, _shedder.Shed);
            foreach (var probe in probes)
            {
                probe.Send();
            }
        }
    }

    /// <summary>The requests that were answered successfully since the start.</summary>
    private long Taken => _metrics.Durations.SheddableCount() - _metrics.ShedRequests;

    private void Apply(int share)
    {
        if (share < LoadShedder.All)
        {
            _fairShares.Update(_registry.Environments, share);
        }
        else if (_shedder.IsShedding)
        {
            FairShares.Reset(_registry.Environments);
        }

        _shedder.Share = share;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.QueueDelayUnavailable, LogLevel.Warning,
            "The queue delay cannot be measured: {Cause}. Requests are not rejected because of it until the proxy is restarted")]
        public static partial void Unavailable(ILogger logger, string cause);
    }
}
