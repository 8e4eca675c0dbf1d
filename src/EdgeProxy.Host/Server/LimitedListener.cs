using System.Collections.Concurrent;
using System.Net;
using EdgeProxy.Host.Logging;
using Microsoft.AspNetCore.Connections;

namespace EdgeProxy.Host.Server;

/// <summary>
/// A listener that closes connections above a limit immediately after accepting them, so that they never use up the
/// descriptors of the process; that continues to accept after any failure; and that can be probed.
/// </summary>
internal sealed partial class LimitedListener : IConnectionListener
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);
    private static readonly ConnectionAbortedException OverLimit = new("There are too many connections.");

    private readonly IConnectionListenerFactory _factory;
    private readonly ConnectionLimiter _limiter;
    private readonly TimeProvider _time;
    private readonly ILogger<LimitedListener> _logger;
    private readonly LogThrottle _rejections;
    private readonly LogThrottle _failures;
    private readonly ConcurrentDictionary<EndPoint, TaskCompletionSource> _probes = [];
    private readonly ConcurrentBag<IConnectionListener> _retired = [];
    private volatile IConnectionListener _listener;
    private volatile TaskCompletionSource<IConnectionListener?>? _rebinding;
    private volatile bool _isUnbound;

    /// <param name="factory">Binds the socket again if necessary.</param>
    /// <param name="listener">The bound listener.</param>
    /// <param name="limiter">Counts the connections of this kind of listener.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public LimitedListener(
        IConnectionListenerFactory factory, IConnectionListener listener, ConnectionLimiter limiter, TimeProvider time, ILogger<LimitedListener> logger)
    {
        _factory = factory;
        _listener = listener;
        _limiter = limiter;
        _time = time;
        _logger = logger;
        _rejections = new LogThrottle(time);
        _failures = new LogThrottle(time);
        EndPoint = listener.EndPoint;
    }

    /// <inheritdoc/>
    public EndPoint EndPoint { get; }

    /// <summary>Indicates whether the listener was unbound.</summary>
    public bool IsUnbound => _isUnbound;

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var connection = default(ConnectionContext?);
            try
            {
                connection = await _listener.AcceptAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException && !_isUnbound)
            {
                // If the accept loop ended, the listener would be unresponsive for good, while its port looks open. Any
                // failure, such as code that could not be loaded without a descriptor, may be temporary.
                TryLogFailure(exception);
                await Task.Delay(RetryDelay, _time, cancellationToken);
                continue;
            }

            if (connection is null)
            {
                if (_isUnbound || _rebinding is not { } rebinding || await rebinding.Task is null)
                {
                    return null;
                }
            }
            else if (connection.RemoteEndPoint is { } client && _probes.TryRemove(client, out var probe))
            {
                probe.TrySetResult();
                Close(connection);
            }
            else if (_limiter.TryEnter())
            {
                return new LimitedConnection(connection, _limiter);
            }
            else
            {
                Close(connection);
                TryLogRejection();
            }
        }
    }

    /// <summary>Expects a connection from an address, which is closed when it is accepted.</summary>
    /// <param name="client">The address that the connection comes from.</param>
    /// <returns>Completes when the connection is accepted.</returns>
    public Task ExpectAsync(EndPoint client) =>
        _probes.GetOrAdd(client, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Stops expecting a connection.</summary>
    public void Forget(EndPoint client) => _probes.TryRemove(client, out _);

    /// <summary>Closes the listening socket and opens another at the same address. Open connections stay.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="AddressInUseException">Another process has the address by now.</exception>
    public async Task RebindAsync(CancellationToken cancellationToken)
    {
        var rebinding = new TaskCompletionSource<IConnectionListener?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _rebinding = rebinding;
        _retired.Add(_listener);
        try
        {
            await _listener.UnbindAsync(cancellationToken);
            _listener = await _factory.BindAsync(EndPoint, cancellationToken);
            if (_isUnbound)
            {
                await _listener.UnbindAsync(cancellationToken);
            }

            rebinding.SetResult(_listener);
        }
        finally
        {
            rebinding.TrySetResult(null);
        }
    }

    /// <inheritdoc/>
    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _isUnbound = true;
        return _listener.UnbindAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isUnbound = true;
        await _listener.DisposeAsync();
        foreach (var retired in _retired)
        {
            await retired.DisposeAsync();
        }
    }

    /// <summary>Closes a connection, and with it its descriptor, immediately; the rest of its cleanup runs by itself.</summary>
    private static void Close(ConnectionContext connection)
    {
        connection.Abort(OverLimit);
        _ = connection.DisposeAsync().AsTask();
    }

    private void TryLogRejection()
    {
        try
        {
            if (_rejections.ShouldLog())
            {
                Log.Rejected(_logger, EndPoint, _limiter.Maximum);
            }
        }
        catch (Exception)
        {
            // A failing log must not end the listener.
        }
    }

    private void TryLogFailure(Exception exception)
    {
        try
        {
            if (_failures.ShouldLog())
            {
                Log.AcceptFailed(_logger, exception, EndPoint, RetryDelay.TotalMilliseconds);
            }
        }
        catch (Exception)
        {
            // A failing log must not end the listener.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ConnectionRejected, LogLevel.Warning,
            "The listener at {EndPoint} reached its limit of {Limit} connections; further connections are closed immediately. Raise limits.max_connections, or find the clients that hold them open")]
        public static partial void Rejected(ILogger logger, EndPoint endPoint, int limit);

        [LoggerMessage(EventIds.AcceptFailed, LogLevel.Error, "The listener at {EndPoint} could not accept a connection; retrying in {Milliseconds} ms")]
        public static partial void AcceptFailed(ILogger logger, Exception exception, EndPoint endPoint, double milliseconds);
    }
}
