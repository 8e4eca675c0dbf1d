using System.Net.Http.Headers;
using EdgeProxy.Host.Commands.Requests;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands;

/// <summary>Requests readiness from a proxy that runs on this machine with the same configuration.</summary>
internal sealed class ReadinessProbe
{
    private const string Path = "/proxy/health/readiness";

    private readonly ProxyOptions _options;
    private readonly LocalProxy _proxy;

    public ReadinessProbe(ProxyOptions options)
    {
        _options = options;
        _proxy = new LocalProxy(options);
    }

    /// <summary>The URL of the main listener.</summary>
    public Uri Url => _proxy.UrlOf(Path);

    /// <summary>Requests readiness at the main listener.</summary>
    /// <exception cref="HttpRequestException">Nothing answers.</exception>
    /// <exception cref="TaskCanceledException">Nothing answers in time.</exception>
    public async Task<(bool IsReady, string Body)> AskAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var client = LocalProxy.CreateClient(timeout);
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
        var url = _proxy.OperatorsUrlOf(Path);
        if (_options.Operators.Token is not { } token || !url.IsLoopback)
        {
            return null;
        }

        try
        {
            using var client = _proxy.CreateOperatorsClient(timeout);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await client.GetAsync(url, cancellationToken);
            return await response.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }
}
