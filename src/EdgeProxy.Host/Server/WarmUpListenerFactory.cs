using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using EdgeProxy.Host.Metrics;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeProxy.Host.Server;

/// <summary>A listener without a port: it accepts the sockets that it is given, as those of clients are accepted.</summary>
internal sealed class WarmUpListenerFactory : IConnectionListenerFactory, IDisposable
{
    private const int MaxConnections = 4;

    private readonly Channel<ConnectionContext> _connections = Channel.CreateBounded<ConnectionContext>(MaxConnections);
    private readonly ConnectionLimiter _limiter = new(MaxConnections, new ConnectionCount());
    private readonly SocketConnectionContextFactory _sockets;

    /// <param name="readBufferBytes">The unread bytes of a connection that are buffered.</param>
    public WarmUpListenerFactory(int readBufferBytes)
    {
        var transport = new SocketTransportOptions();
        InlineTransport.Configure(transport);
        _sockets = new SocketConnectionContextFactory(
            new SocketConnectionFactoryOptions { MaxReadBufferSize = readBufferBytes, UnsafePreferInlineScheduling = transport.UnsafePreferInlineScheduling },
            NullLogger.Instance);
    }

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(new Listener(endpoint, _connections));

    /// <summary>Accepts a socket, which is disposed of with its connection.</summary>
    public void Add(Socket socket)
    {
        if (!_limiter.TryEnter() || !_connections.Writer.TryWrite(new LimitedConnection(_sockets.Create(socket), _limiter)))
        {
            socket.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _sockets.Dispose();

    private sealed class Listener : IConnectionListener
    {
        private readonly Channel<ConnectionContext> _connections;

        public Listener(EndPoint endPoint, Channel<ConnectionContext> connections)
        {
            EndPoint = endPoint;
            _connections = connections;
        }

        public EndPoint EndPoint { get; }

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            await _connections.Reader.WaitToReadAsync(cancellationToken) && _connections.Reader.TryRead(out var connection) ? connection : null;

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _connections.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
