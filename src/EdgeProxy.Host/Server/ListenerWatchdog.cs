using System.Net;
using System.Net.Sockets;
using EdgeProxy.Host.Logging;
using Microsoft.AspNetCore.Connections;

namespace EdgeProxy.Host.Server;

/// <summary>
/// Probes the process's own listeners periodically. One that does not accept is bound again; if that does not help, the
/// proxy stops, so that its supervisor restarts it.
/// </summary>
internal sealed partial class ListenerWatchdog : BackgroundService
{
    /// <summary>The time between two probes.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>The time within which a listener has to accept. Long: an overloaded one is slow, not unresponsive.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>The number of consecutive failed probes before the listener is bound again.</summary>
    public const int Patience = 2;

    private readonly LimitedListenerFactory _factory;
    private readonly IHostApplicationLifetime _application;
    private readonly TimeProvider _time;
    private readonly ILogger<ListenerWatchdog> _logger;
    private readonly Dictionary<LimitedListener, int> _missed = [];
    private readonly HashSet<LimitedListener> _rebound = [];

    public ListenerWatchdog(LimitedListenerFactory factory, IHostApplicationLifetime application, TimeProvider time, ILogger<ListenerWatchdog> logger)
    {
        _factory = factory;
        _application = application;
        _time = time;
        _logger = logger;
    }

    /// <summary>Indicates whether the proxy was stopped because a listener stayed unresponsive.</summary>
    public bool HasFailed { get; private set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        FailurePath.Load();
        using var timer = new PeriodicTimer(Interval, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken) && !HasFailed)
        {
            foreach (var listener in _factory.Listeners)
            {
                if (!listener.IsUnbound)
                {
                    await LookAsync(listener, await ListenerProbe.AskAsync(listener, Timeout, _time, stoppingToken), stoppingToken);
                }
            }
        }
    }

    /// <summary>Reacts to the result of a probe.</summary>
    /// <param name="listener">The listener.</param>
    /// <param name="answers">True if it accepted a connection; null if unknown.</param>
    /// <param name="cancellationToken">Cancels the reaction.</param>
    internal async Task LookAsync(LimitedListener listener, bool? answers, CancellationToken cancellationToken)
    {
        if (answers is null)
        {
            return;
        }

        if (answers.Value)
        {
            _missed.Remove(listener);
            _rebound.Remove(listener);
            return;
        }

        var missed = _missed[listener] = _missed.GetValueOrDefault(listener) + 1;
        if (missed < Patience || listener.IsUnbound)
        {
            return;
        }

        _missed.Remove(listener);
        if (!_rebound.Add(listener) || !await TryRebindAsync(listener, cancellationToken))
        {
            HasFailed = true;
            Log.Failed(_logger, listener.EndPoint);
            _application.StopApplication();
        }
    }

    private async Task<bool> TryRebindAsync(LimitedListener listener, CancellationToken cancellationToken)
    {
        Log.Deaf(_logger, listener.EndPoint, (Timeout * Patience).TotalSeconds);
        try
        {
            await listener.RebindAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is IOException or SocketException or AddressInUseException)
        {
            Log.NotBound(_logger, listener.EndPoint, exception.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ListenerUnresponsive, LogLevel.Error, "The listener at {EndPoint} accepted none of the proxy's own connections within {Seconds} s; it is bound again")]
        public static partial void Deaf(ILogger logger, EndPoint endPoint, double seconds);

        [LoggerMessage(EventIds.ListenerNotBound, LogLevel.Error, "The listener at {EndPoint} could not be bound again: {Reason}")]
        public static partial void NotBound(ILogger logger, EndPoint endPoint, string reason);

        [LoggerMessage(EventIds.ListenerFailed, LogLevel.Critical,
            "The listener at {EndPoint} accepts no connections although it was bound again; the proxy stops with exit code 1, so that its supervisor restarts it")]
        public static partial void Failed(ILogger logger, EndPoint endPoint);
    }
}
