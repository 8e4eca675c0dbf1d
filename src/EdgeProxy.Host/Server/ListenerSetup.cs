using System.Net;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Tls;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace EdgeProxy.Host.Server;

/// <summary>Configures the listeners, their protocols, and the limits of clients.</summary>
internal static class ListenerSetup
{
    /// <summary>
    /// The backlog: the number of clients that may be waiting to be accepted. All of them come at once when another
    /// instance goes, and a client that finds no room retries a second later. The system may allow less
    /// (<c>net.core.somaxconn</c>).
    /// </summary>
    public const int Backlog = 4096;

    // The unread bytes of a connection that the server buffers, such as requests behind an event stream; a megabyte by default.
    private const int ReadBufferBytes = 64 * 1024;

    // The burst that a client may send before its rate is limited; also the server's default.
    private static readonly TimeSpan PaceGrace = TimeSpan.FromSeconds(5);

    /// <summary>Configures the server.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="proxy">The options.</param>
    public static void Configure(KestrelServerOptions kestrel, ProxyOptions proxy)
    {
        var options = proxy.Server;
        kestrel.AddServerHeader = false;
        SetLimits(kestrel.Limits, options, proxy.Limits);
        var services = kestrel.ApplicationServices;
        var certificate = services.GetService<ServerCertificate>();
        var http2 = services.GetRequiredService<Http2Protection>();
        Listen(kestrel, options.Host, options.Port, isReserved: false, Protected(listen => Speak(listen, options, certificate, proxy.Limits.FirstByteTimeout)));
        if (options.Http2CleartextPort is { } port)
        {
            Listen(kestrel, options.Host, port, isReserved: false, Protected(static listen => listen.Protocols = HttpProtocols.Http2));
        }

        if (proxy.Metrics is { Enabled: true, Port: { } metricsPort })
        {
            Listen(kestrel, options.Host, metricsPort, isReserved: true, Protected(static listen => ListenerFeature.Configure(listen, ListenerKind.Metrics)));
        }

        if (proxy.Operators.Port is { } operatorsPort)
        {
            Listen(kestrel, proxy.Operators.Host ?? options.Host, operatorsPort, isReserved: true, Protected(listen =>
            {
                ListenerFeature.Configure(listen, ListenerKind.Operators);
                Speak(listen, options with { Http2 = false }, certificate, proxy.Limits.FirstByteTimeout);
            }));
        }

        if (proxy.Operators.UnixSocket is { } path)
        {
            UnixSocketFile.RemoveStale(path);
            kestrel.ListenUnixSocket(path, Protected(static listen => ListenerFeature.Configure(listen, ListenerKind.Operators)));
        }

        Action<ListenOptions> Protected(Action<ListenOptions> speak) => listen =>
        {
            SilentConnections.Limit(listen, proxy.Limits.FirstByteTimeout, TimeProvider.System);
            speak(listen);
            http2.Protect(listen);
        };
    }

    /// <summary>The number of bytes that are buffered of a connection while nobody reads them. The head of a request fits.</summary>
    public static int ReadBufferOf(ServerLimitOptions limits) => Math.Max(ReadBufferBytes, limits.MaxRequestLineBytes + limits.MaxHeaderBytes);

    private static void SetLimits(KestrelServerLimits kestrel, ServerOptions options, ServerLimitOptions limits)
    {
        kestrel.KeepAliveTimeout = options.KeepAliveTimeout;
        kestrel.RequestHeadersTimeout = limits.HeadersTimeout;
        kestrel.MaxRequestBufferSize = ReadBufferOf(limits);
        kestrel.MaxRequestLineSize = limits.MaxRequestLineBytes;
        kestrel.MaxRequestHeadersTotalSize = limits.MaxHeaderBytes;
        kestrel.MaxRequestHeaderCount = limits.MaxHeaders;
        kestrel.MaxConcurrentConnections = null; // counted at accept (ConnectionLimiter)
        kestrel.Http2.MaxStreamsPerConnection = limits.MaxHttp2Streams;
        kestrel.MinRequestBodyDataRate = limits.MinBytesPerSecond == 0 ? null : new MinDataRate(limits.MinBytesPerSecond, PaceGrace);
        kestrel.MinResponseDataRate = kestrel.MinRequestBodyDataRate;

        // The application has a limit of its own, which answers with the API's error and keeps the connection usable.
        kestrel.MaxRequestBodySize = null;
    }

    private static void Speak(ListenOptions listen, ServerOptions options, ServerCertificate? certificate, TimeSpan firstByteTimeout)
    {
        // Without a TLS handshake there is no negotiation.
        listen.Protocols = options.Http2 && certificate is not null ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
        if (certificate is not null)
        {
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = async _ =>
                {
                    // The following step signs with the private key, which takes as long as many requests.
                    await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                    return certificate.Current;
                },
            });

            // Once more for what comes after the handshake, which was enough for the limit in front of it.
            SilentConnections.Limit(listen, firstByteTimeout, TimeProvider.System);
        }
    }

    private static void Listen(KestrelServerOptions kestrel, string host, int port, bool isReserved, Action<ListenOptions> speak)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            kestrel.Listen(At(address), speak);
        }
        else if (string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) && port != 0)
        {
            kestrel.ListenLocalhost(port, speak);
        }
        else
        {
            foreach (var resolved in Dns.GetHostAddresses(host))
            {
                kestrel.Listen(At(resolved), speak);
            }
        }

        IPEndPoint At(IPAddress at) => isReserved ? new ReservedEndPoint(at, port) : new IPEndPoint(at, port);
    }
}
