using System.Net;
using System.Net.Security;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Upstream.Failures;
using EdgeProxy.Host.Upstream.ForwardProxy;

namespace EdgeProxy.Host.Upstream;

/// <summary>The HTTP client for the Flagsmith API: one for the process, its connections shared by all environments.</summary>
internal static class UpstreamClient
{
    // So that changes of addresses in DNS take effect.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Creates the client.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="variable">Reads an environment variable, for forward proxies.</param>
    /// <param name="validate">Validates certificates; null to validate them as the platform does.</param>
    public static HttpClient Create(UpstreamOptions options, Func<string, string?> variable, RemoteCertificateValidationCallback? validate = null) => Create(
        new SocketsHttpHandler
        {
            // Redirects are handled by the caller: the key must not leave for another host.
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
        },
        options,
        variable,
        validate);

    /// <summary>Creates the client for streams, each on a connection of its own. They contain no secret, and are not compressed.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="variable">Reads an environment variable, for forward proxies.</param>
    public static HttpClient CreateForStreams(UpstreamOptions options, Func<string, string?> variable) => Create(
        new SocketsHttpHandler { MaxAutomaticRedirections = 5, MaxResponseDrainSize = 0 }, options, variable);

    private static HttpClient Create(
        SocketsHttpHandler handler, UpstreamOptions options, Func<string, string?> variable, RemoteCertificateValidationCallback? validate = null)
    {
        handler.PooledConnectionLifetime = ConnectionLifetime;
        handler.UseCookies = false;
        handler.ConnectTimeout = options.ApiPollTimeout;
        handler.SslOptions.RemoteCertificateValidationCallback = validate ?? ServerCertificateCheck.Validate;

        // Without a proxy of ours, the platform would look for one by rules of its own.
        handler.Proxy = EnvironmentProxy.Read(variable);
        handler.UseProxy = handler.Proxy is not null;

        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"EdgeProxy/{ProgramVersion.Text}");
        return client;
    }
}
