using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Server.Http2;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace EdgeProxy.Host.Server;

/// <summary>
/// Limits the work that an HTTP/2 client can cause, and ensures that its connections end. Behind TLS, where the protocol is
/// known; HTTP/1.1 connections are passed through.
/// </summary>
/// <remarks>
/// At the end of a connection the server waits for all of its streams. When a client opens and resets streams faster than
/// their ends are written, the server's queue for them overflows, a stream that did not fit never ends, and neither does
/// the connection (Kestrel 10.0: <c>Http2FrameWriter.Schedule</c>): its place, its share of the server's gauges and of the
/// shutdown time would be lost until a garbage collection, which reports it as critical. So a connection whose socket was
/// closed some time ago is abandoned.
/// </remarks>
internal sealed partial class Http2Protection
{
    /// <summary>
    /// The time that the streams of a connection have to end after its socket was closed. None runs long without it.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly byte[] Http2Protocol = "h2"u8.ToArray();

    private readonly int _resetsPerSecond;
    private readonly TimeProvider _time;
    private readonly ILogger<Http2Protection> _logger;

    public Http2Protection(ProxyOptions options, TimeProvider time, ILogger<Http2Protection> logger)
    {
        _resetsPerSecond = options.Limits.MaxHttp2ResetsPerSecond;
        _time = time;
        _logger = logger;
    }

    /// <summary>Protects a listener; to be called after TLS is configured.</summary>
    public void Protect(ListenOptions listen)
    {
        if (listen.Protocols.HasFlag(HttpProtocols.Http2))
        {
            listen.Use(next => connection => IsHttp2(listen.Protocols, connection) ? RunAsync(next, connection) : next(connection));
        }
    }

    private static bool IsHttp2(HttpProtocols spoken, ConnectionContext connection) =>
        spoken == HttpProtocols.Http2
        || (connection.Features.Get<ITlsApplicationProtocolFeature>() is { } agreed && agreed.ApplicationProtocol.Span.SequenceEqual(Http2Protocol));

    private async Task RunAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        var transport = connection.Transport;
        connection.Transport = new MeteredTransport(
            new MeteredPipeReader(transport.Input, new Http2FrameMeter(_resetsPerSecond, _time), connection), transport.Output);
        try
        {
            var running = next(connection);
            if (!running.IsCompleted)
            {
                await Task.WhenAny(running, ClosedAsync(connection));
            }

            if (running.IsCompleted)
            {
                await running;
            }
            else
            {
                Log.Abandoned(_logger, connection.ConnectionId, Grace.TotalSeconds);
            }
        }
        finally
        {
            connection.Transport = transport;
        }
    }

    /// <summary>Completes some time after the socket was closed.</summary>
    private async Task ClosedAsync(ConnectionContext connection)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = connection.ConnectionClosed.UnsafeRegister(static source => ((TaskCompletionSource)source!).TrySetResult(), closed);
        await closed.Task;
        await Task.Delay(Grace, _time);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.Http2ConnectionAbandoned, LogLevel.Debug,
            "Connection {Connection} was closed {Seconds} s ago, but some of its HTTP/2 streams have not ended; the connection is abandoned")]
        public static partial void Abandoned(ILogger logger, string connection, double seconds);
    }
}
