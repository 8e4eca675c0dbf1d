using System.Net.Sockets;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Http.Overload;

/// <summary>Looks some times a second how long requests wait for their turn, and has some turned away when that is too long.</summary>
internal sealed partial class OverloadMonitor : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    // Connections are spread over the threads evenly, so that a few threads tell about all.
    private const int MaxProbes = 8;

    private readonly LoadShedder _shedder;
    private readonly TimeSpan _most;
    private readonly TimeProvider _time;
    private readonly ILogger<OverloadMonitor> _logger;
    private long _shedBefore;
    private bool _isOverloaded;

    /// <param name="shedder">Is told what share to take.</param>
    /// <param name="options">How long a request may wait.</param>
    /// <param name="time">The clock that queues pass by; the true one, whatever others have.</param>
    /// <param name="logger">The log.</param>
    public OverloadMonitor(LoadShedder shedder, OverloadOptions options, TimeProvider time, ILogger<OverloadMonitor> logger)
    {
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
        using var timer = new PeriodicTimer(Interval, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            control.Note(new TimeSpan((long)probes.Average(static probe => probe.Delay.Ticks)));
            _shedder.Share = control.Share;
            Say(control.Share < LoadShedder.All);
            foreach (var probe in probes)
            {
                probe.Send();
            }
        }
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
        [LoggerMessage(EventIds.Overloaded, LogLevel.Warning, "Requests wait longer than {Milliseconds} ms for their turn; some are turned away now")]
        public static partial void Overloaded(ILogger logger, double milliseconds);

        [LoggerMessage(EventIds.OverloadOver, LogLevel.Information, "Requests are all taken again; {Count} were turned away")]
        public static partial void Over(ILogger logger, long count);

        [LoggerMessage(EventIds.QueueDelayUnavailable, LogLevel.Warning,
            "How long requests wait for their turn cannot be measured ({Error}), so none are turned away for it")]
        public static partial void Blind(ILogger logger, SocketError error);
    }
}
