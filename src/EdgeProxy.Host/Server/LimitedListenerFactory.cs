using System.Collections.Concurrent;
using System.Net;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace EdgeProxy.Host.Server;

/// <summary>
/// Binds the listeners of the server: sockets, with a limit on their connections that fits the descriptors of the process.
/// </summary>
internal sealed partial class LimitedListenerFactory : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    // Health checks, scrapes of metrics, and operators: from the reserve.
    private const int MaxReservedConnections = 16;

    private readonly SocketTransportFactory _sockets;
    private readonly TimeProvider _time;
    private readonly ILogger<LimitedListener> _logger;
    private readonly ConnectionLimiter _clients;
    private readonly ConnectionLimiter _operators;
    private readonly ConcurrentBag<LimitedListener> _listeners = [];

    public LimitedListenerFactory(
        SocketTransportFactory sockets, ProxyOptions options, ConnectionCount count, TimeProvider time, ILogger<LimitedListener> logger)
    {
        _sockets = sockets;
        _time = time;
        _logger = logger;
        var configured = options.Limits.MaxConnections;
        var budget = DescriptorBudget.OfProcess(configured);
        if (budget.MaxConnections < configured)
        {
            Log.Lowered(logger, configured, budget.MaxConnections, budget.Limit ?? 0, budget.Reserved, budget.LimitFor(configured));
        }

        _clients = new ConnectionLimiter(budget.MaxConnections, count);
        _operators = new ConnectionLimiter(MaxReservedConnections, count);
    }

    /// <summary>The number of connections of clients that are accepted.</summary>
    public int MaxConnections => _clients.Maximum;

    /// <summary>The bound listeners.</summary>
    public IReadOnlyCollection<LimitedListener> Listeners => _listeners;

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => _sockets.CanBind(endpoint);

    /// <inheritdoc/>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var bound = await _sockets.BindAsync(endpoint, cancellationToken);
        var listener = new LimitedListener(_sockets, bound, ReservedEndPoint.IsReserved(endpoint) ? _operators : _clients, _time, _logger);
        _listeners.Add(listener);
        return listener;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ConnectionLimitLowered, LogLevel.Warning, DescriptorBudget.TooLow)]
        public static partial void Lowered(ILogger logger, int configured, int allowed, long limit, long reserved, long needed);
    }
}
