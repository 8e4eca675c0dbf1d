using System.Net;
using System.Net.Http.Headers;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands;

/// <summary>Requests to operators' paths of the proxy that runs on this machine with the same configuration.</summary>
internal static class OperatorRequest
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Sends a GET. The token is sent only to this machine.</summary>
    /// <returns>The body; null if there was none, which is reported to standard error.</returns>
    public static async Task<string?> GetAsync(ProxyOptions options, string path, CancellationToken cancellationToken)
    {
        var proxy = new LocalProxy(options);
        var url = proxy.OperatorsUrlOf(path);
        try
        {
            using var client = proxy.CreateOperatorsClient(Timeout);
            if (options.Operators.Token is { } token && url.IsLoopback)
            {
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            using var response = await client.GetAsync(url, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return await response.Content.ReadAsStringAsync(cancellationToken);
            }

            await Console.Error.WriteLineAsync($"GET {url} returned {(int)response.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"Nothing answers at {url} ({NoAnswer.Describe(exception, url, Timeout)}).");
        }

        return null;
    }
}
