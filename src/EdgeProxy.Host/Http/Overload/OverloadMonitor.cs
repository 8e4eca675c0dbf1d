using System.Net.Sockets;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Http.Overload;

/// <summary>Looks some times a second how long requests wait for their turn, and has some turned away when that is too long.</summary>
internal sealed partial class OverloadMonitor : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    // Connections are spread over the threads evenly, so that a few threads tell about all.
    private const int MaxProbes = 8;

    private readonly LoadShedder _shedder;
    private readonly ServerMetrics _metrics;
    private readonly EnvironmentRegistry _registry;
    private readonly FairShares _fairShares = new();
    private readonly TimeSpan _most;
    private readonly TimeProvider _time;
    private readonly ILogger<OverloadMonitor> _logger;
    private long _shedBefore;
    private bool _isOverloaded;

    /// <param name="shedder">Is told what share to take.</param>
    /// <param name="metrics">Knows how many requests are answered.</param>
    /// <param name="registry">The environments, which share what can be answered.</param>
    /// <param name="options">How long a request may wait.</param>
    /// <param name="time">The clock that queues pass by; the true one, whatever others have.</param>
    /// <param name="logger">The log.</param>
    public OverloadMonitor(
        LoadShedder shedder, ServerMetrics metrics, EnvironmentRegistry registry, OverloadOptions options, TimeProvider time, ILogger<OverloadMonitor> logger)
    {
        _metrics = metrics;
        _registry = registry;
        _shedder = shedder;
        _most = options.MaxQueueDelay;
        _time = time;
        _logger = logger;
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
            Log.Blind(_logger, exception.SocketErrorCode);
        }
        finally
        {
            _shedder.Share = LoadShedder.All;
            probes.ForEach(static probe => probe.Dispose());
        }
    }

    private async Task WatchAsync(List<QueueProbe> probes, CancellationToken cancellationToken)
    {
        var control = new ShareControl(_most);
        var (takenBefore, lookedAt) = (Taken, _time.GetTimestamp());
        using var timer = new PeriodicTimer(Interval, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var (taken, now) = (Taken, _time.GetTimestamp());
            var perSecond = (taken - takenBefore) / _time.GetElapsedTime(lookedAt, now).TotalSeconds;
            (takenBefore, lookedAt) = (taken, now);
            control.Note(new TimeSpan((long)probes.Average(static probe => probe.Delay.Ticks)), perSecond);
            Apply(control.Share);
            Say(control.Share < LoadShedder.All);
            foreach (var probe in probes)
            {
                probe.Send();
            }
        }
    }

    /// <summary>The requests that were answered as they wanted, since the start.</summary>
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

    private void Say(bool isOverloaded)
    {
        if (isOverloaded == _isOverloaded)
        {
            return;
        }

        _isOverloaded = isOverloaded;
        if (isOverloaded)
        {
            _shedBefore = _shedder.Shed;
            Log.Overloaded(_logger, _most.TotalMilliseconds);
        }
        else
        {
            Log.Over(_logger, _shedder.Shed - _shedBefore);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.Overloaded, LogLevel.Warning, "Load shedding: the queue delay of requests exceeds {Milliseconds} ms; some requests get 503 until it is below")]
        public static partial void Overloaded(ILogger logger, double milliseconds);

        [LoggerMessage(EventIds.OverloadOver, LogLevel.Information, "Load shedding ended; {Count} requests were rejected")]
        public static partial void Over(ILogger logger, long count);

        [LoggerMessage(EventIds.QueueDelayUnavailable, LogLevel.Warning,
            "The queue delay of requests cannot be measured ({Error}); load shedding is off")]
        public static partial void Blind(ILogger logger, SocketError error);
    }
}
