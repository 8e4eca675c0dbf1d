using System.Net;
using EdgeProxy.Host.Http.Tls;
using EdgeProxy.Host.Metrics;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace EdgeProxy.Host.Server;

/// <summary>Where the server listens, what it speaks there, and what a client may take from it.</summary>
internal static class ListenerSetup
{
    /// <summary>
    /// So many clients may be on their way in at the same time. All of them come at once when a neighbour goes, and who finds
    /// no room there tries again a second later. The system may allow less (<c>net.core.somaxconn</c>).
    /// </summary>
    public const int Backlog = 4096;

    // What a client may do in a burst before its pace counts; also what the server takes for it where it is not told.
    private static readonly TimeSpan PaceGrace = TimeSpan.FromSeconds(5);

    /// <summary>Sets the server up.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="proxy">What the operator set.</param>
    public static void Configure(KestrelServerOptions kestrel, ProxyOptions proxy)
    {
        var options = proxy.Server;
        kestrel.AddServerHeader = false;
        SetLimits(kestrel.Limits, options, proxy.Limits);
        var certificate = kestrel.ApplicationServices.GetService<ServerCertificate>();
        Listen(kestrel, options.Host, options.Port, listen => Speak(listen, options, certificate));
        if (options.Http2CleartextPort is { } port)
        {
            Listen(kestrel, options.Host, port, static listen => listen.Protocols = HttpProtocols.Http2);
        }

        if (proxy.Metrics is { Enabled: true, Port: { } metricsPort })
        {
            Listen(kestrel, options.Host, metricsPort, MetricsPort.Configure);
        }
    }

    private static void SetLimits(KestrelServerLimits kestrel, ServerOptions options, ServerLimitOptions limits)
    {
        kestrel.KeepAliveTimeout = options.KeepAliveTimeout;
        kestrel.RequestHeadersTimeout = limits.HeadersTimeout;
        kestrel.MaxRequestLineSize = limits.MaxRequestLineBytes;
        kestrel.MaxRequestHeadersTotalSize = limits.MaxHeaderBytes;
        kestrel.MaxRequestHeaderCount = limits.MaxHeaders;
        kestrel.MaxConcurrentConnections = limits.MaxConnections;
        kestrel.MinRequestBodyDataRate = limits.MinBytesPerSecond == 0 ? null : new MinDataRate(limits.MinBytesPerSecond, PaceGrace);
        kestrel.MinResponseDataRate = kestrel.MinRequestBodyDataRate;

        // The middleware has a limit of its own, which answers in the API's words and leaves the connection usable.
        kestrel.MaxRequestBodySize = null;
    }

    private static void Speak(ListenOptions listen, ServerOptions options, ServerCertificate? certificate)
    {
        // Without a handshake nothing can be agreed on.
        listen.Protocols = options.Http2 && certificate is not null ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
        if (certificate is not null)
        {
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = async _ =>
                {
                    // What comes next signs with the private key, which takes as long as many requests.
                    await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                    return certificate.Current;
                },
            });
        }
    }

    private static void Listen(KestrelServerOptions kestrel, string host, int port, Action<ListenOptions> speak)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            kestrel.Listen(address, port, speak);
        }
        else if (string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) && port != 0)
        {
            kestrel.ListenLocalhost(port, speak);
        }
        else
        {
            foreach (var resolved in Dns.GetHostAddresses(host))
            {
                kestrel.Listen(resolved, port, speak);
            }
        }
    }
}
