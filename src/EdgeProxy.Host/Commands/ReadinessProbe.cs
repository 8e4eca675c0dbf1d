using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands;

/// <summary>Requests readiness from a proxy that runs on this machine with the same configuration.</summary>
internal sealed class ReadinessProbe
{
    private const string Path = "/proxy/health/readiness";

    private readonly ProxyOptions _options;

    public ReadinessProbe(ProxyOptions options)
    {
        _options = options;
    }

    /// <summary>The URL of the main listener.</summary>
    public Uri Url => UrlOf(_options.Server.Host, _options.Server.Port);

    private string Scheme => _options.Tls.IsEnabled ? "https" : "http";

    /// <summary>Requests readiness at the main listener.</summary>
    /// <exception cref="HttpRequestException">Nothing answers.</exception>
    /// <exception cref="TaskCanceledException">Nothing answers in time.</exception>
    public async Task<(bool IsReady, string Body)> AskAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var client = CreateClient(timeout, socket: null);
        using var response = await client.GetAsync(Url, cancellationToken);
        return (response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>
    /// Requests readiness with the operators' token, where one is configured: at the operators' listener, or at the main
    /// one if that is this machine's own.
    /// </summary>
    /// <returns>The body; null if there is no token, or no answer.</returns>
    public async Task<string?> TryAskAsOperatorAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var operators = _options.Operators;
        var url = operators.Port is { } port ? UrlOf(operators.Host ?? _options.Server.Host, port)
            : operators.UnixSocket is not null ? new Uri($"http://localhost{Path}") : Url;
        if (operators.Token is not { } token || !url.IsLoopback)
        {
            return null;
        }

        try
        {
            using var client = CreateClient(timeout, operators.Port is null ? operators.UnixSocket : null);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await client.GetAsync(url, cancellationToken);
            return await response.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    private static HttpClient CreateClient(TimeSpan timeout, string? socket)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };

        // Any certificate is accepted: it is the proxy's own, issued for another name than this address.
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null;
        if (socket is not null)
        {
            handler.ConnectCallback = async (_, cancellationToken) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
                return new NetworkStream(connection, ownsSocket: true);
            };
        }

        return new HttpClient(handler) { Timeout = timeout };
    }

    private Uri UrlOf(string host, int port) => new($"{Scheme}://{ReachableName(host)}:{port}{Path}");

    /// <summary>Replaces the unspecified address by the loopback address.</summary>
    private static string ReachableName(string host) =>
        !IPAddress.TryParse(host, out var address) ? host
        : address.Equals(IPAddress.Any) ? "127.0.0.1"
        : address.Equals(IPAddress.IPv6Any) ? "[::1]"
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : host;
}
