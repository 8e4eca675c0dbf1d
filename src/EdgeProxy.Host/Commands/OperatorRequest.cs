using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands;

/// <summary>Requests to operators' paths of the proxy that runs with the same configuration.</summary>
internal static class OperatorRequest
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Sends a GET.</summary>
    /// <returns>The body; null if there was none, which is reported to standard error.</returns>
    public static async Task<string?> GetAsync(ProxyOptions options, string path, CancellationToken cancellationToken)
    {
        var operators = options.Operators;
        using var handler = new SocketsHttpHandler { UseProxy = false };
        if (operators is { UnixSocket: { } socket, Port: null })
        {
            handler.ConnectCallback = async (_, token) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), token);
                return new NetworkStream(connection, ownsSocket: true);
            };
        }

        // Any certificate is accepted, as it is of another name than this address; the token goes to this machine only.
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null;
        using var client = new HttpClient(handler) { Timeout = Timeout };
        var host = ReadinessProbe.ReachableName(operators.Port is null ? options.Server.Host : operators.Host ?? options.Server.Host);
        var url = new Uri($"{(options.Tls.IsEnabled ? "https" : "http")}://{host}:{operators.Port ?? options.Server.Port}{path}");
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (operators.Token is { } value && (url.IsLoopback || operators.UnixSocket is not null))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", value);
        }

        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return await response.Content.ReadAsStringAsync(cancellationToken);
            }

            await Console.Error.WriteLineAsync($"GET {url} returned {(int)response.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            var reason = exception is HttpRequestException failed ? $"{failed.HttpRequestError}" : $"no answer within {Timeout.TotalSeconds} s";
            await Console.Error.WriteLineAsync($"Nothing answers at {url} ({reason}).");
        }

        return null;
    }
}
