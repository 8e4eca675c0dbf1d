using System.Net;
using EdgeProxy.Host.Commands.Requests;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands;

/// <summary>Requests to operators' paths, by default of the proxy that runs on this machine with the same configuration.</summary>
internal static class OperatorRequest
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Determines whether a text is the address of a proxy.</summary>
    public static bool IsAddress(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    /// <summary>The error for a text that is none.</summary>
    public static string NoAddress(string url) => $"--url {url}: must be an address such as http://127.0.0.1:8000.";

    /// <summary>Sends a GET. The token of the configuration is sent only to this machine.</summary>
    /// <param name="options">The configuration; only listeners and token are used.</param>
    /// <param name="path">The path.</param>
    /// <param name="url">Another proxy to ask; null for the local one.</param>
    /// <param name="token">The token to send; null for that of the configuration.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The body; null if there was none, which is reported to standard error.</returns>
    public static async Task<string?> GetAsync(ProxyOptions options, string path, string? url, string? token, CancellationToken cancellationToken)
    {
        using var client = OperatorsClient.Create(options, path, url, token, Timeout);
        var address = client.Address;
        try
        {
            using var response = await client.Http.GetAsync(address, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return await response.Content.ReadAsStringAsync(cancellationToken);
            }

            var hint = response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                ? " Operators' paths need the admin token of that proxy, or a request from its own machine." : "";
            await Console.Error.WriteLineAsync($"GET {address} returned {(int)response.StatusCode}.{hint}");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"Nothing answers at {address} ({NoAnswer.Describe(exception, address, Timeout)}).");
        }

        return null;
    }
}
