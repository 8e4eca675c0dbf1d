using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace EdgeProxy.Host.Tests.Server;

/// <summary>A transport whose listener accepts, and fails, as a test says.</summary>
internal sealed class FakeTransport : IConnectionListenerFactory
{
    private readonly List<FakeListener> _listeners = [];

    /// <summary>Those that were bound, in order.</summary>
    public IReadOnlyList<FakeListener> Listeners => _listeners;

    /// <summary>True if no address can be bound.</summary>
    public bool IsBroken { get; set; }

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (IsBroken)
        {
            throw new AddressInUseException("It is in use.");
        }

        _listeners.Add(new FakeListener(endpoint));
        return ValueTask.FromResult<IConnectionListener>(_listeners[^1]);
    }

    /// <summary>One of its listeners.</summary>
    internal sealed class FakeListener(EndPoint endPoint) : IConnectionListener
    {
        private readonly Channel<Func<ConnectionContext?>> _accepts = Channel.CreateUnbounded<Func<ConnectionContext?>>();

        /// <inheritdoc/>
        public EndPoint EndPoint => endPoint;

        /// <summary>Has a connection come in.</summary>
        public FakeConnection Connect()
        {
            var connection = new FakeConnection { RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, 1) };
            _accepts.Writer.TryWrite(() => connection);
            return connection;
        }

        /// <summary>Has accepting fail.</summary>
        public void Fail(Exception exception) => _accepts.Writer.TryWrite(() => throw exception);

        /// <inheritdoc/>
        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            await _accepts.Reader.WaitToReadAsync(cancellationToken) ? (await _accepts.Reader.ReadAsync(cancellationToken))() : null;

        /// <inheritdoc/>
        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _accepts.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }

        /// <inheritdoc/>
        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
