using System.Net;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Upstream;

/// <summary>The HTTP client for the Flagsmith API: one for the process, its connections shared by all environments.</summary>
internal static class UpstreamClient
{
    // So that a change of address in DNS is followed.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Makes the client. Proxies come from the usual environment variables.</summary>
    public static HttpClient Create(UpstreamOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            // Redirects are followed by hand: the key must not leave for another host.
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
            PooledConnectionLifetime = ConnectionLifetime,
            UseCookies = false,
            ConnectTimeout = options.ApiPollTimeout,
        };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"EdgeProxy/{ProgramVersion.Text}");
        return client;
    }
}
