using System.Net.Http.Headers;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Upstream.ForwardProxy;

namespace EdgeProxy.Host.Commands.Requests;

/// <summary>A client for operators' paths, of the proxy that runs on this machine with the same configuration or of another.</summary>
internal sealed class OperatorsClient : IDisposable
{
    private OperatorsClient(HttpClient http, Uri address)
    {
        Http = http;
        Address = address;
    }

    /// <summary>The client, which sends the token.</summary>
    public HttpClient Http { get; }

    /// <summary>The address of the path.</summary>
    public Uri Address { get; }

    /// <summary>Creates a client.</summary>
    /// <param name="options">The configuration; only listeners and token are used. Its token is sent only to this machine.</param>
    /// <param name="path">The path.</param>
    /// <param name="url">Another proxy; null for the local one.</param>
    /// <param name="token">The token to send; null for that of the configuration.</param>
    /// <param name="timeout">The time limit of a request.</param>
    public static OperatorsClient Create(ProxyOptions options, string path, string? url, string? token, TimeSpan timeout)
    {
        var local = url is null ? new LocalProxy(options) : null;
        var address = local?.OperatorsUrlOf(path) ?? new Uri(new Uri(url!), path);
        var http = local?.CreateOperatorsClient(timeout) ?? CreateRemote(timeout);
        if ((token ?? (local is not null && address.IsLoopback ? options.Operators.Token : null)) is { } sent)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", sent);
        }

        return new OperatorsClient(http, address);
    }

    /// <inheritdoc/>
    public void Dispose() => Http.Dispose();

    /// <summary>Creates a client with the same forward proxies as for the upstream: requests carry a token.</summary>
    private static HttpClient CreateRemote(TimeSpan timeout)
    {
        var proxy = EnvironmentProxy.Read(Environment.GetEnvironmentVariable);
        return new HttpClient(new SocketsHttpHandler { Proxy = proxy, UseProxy = proxy is not null }) { Timeout = timeout };
    }
}
