using System.Net;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Operations;

/// <summary>
/// Controls the access to operators' endpoints. If a token is configured, requests must have it. Without one, only the
/// machine itself has access, unless that is disabled: a reverse proxy on the same host makes remote clients look local, so
/// any sign of one denies access.
/// </summary>
internal sealed class OperatorAccess
{
    private const string Scheme = "Bearer ";

    // Headers that reverse proxies, caches, load balancers and meshes add.
    private static readonly string[] IntermediaryHeaders =
    [
        "Via", "Forwarded", "Forwarded-For", "X-Real-IP", "X-Real-Port", "X-Request-Id", "X-Client-IP", "X-Cluster-Client-IP", "X-Remote-IP",
        "X-Remote-Addr", "X-ProxyUser-IP", "X-Scheme", "X-Host", "X-Varnish", "X-Cloud-Trace-Context", "X-Correlation-Id", "Client-IP",
        "Proxy-Client-IP", "WL-Proxy-Client-IP", "True-Client-IP", "CDN-Loop", "Surrogate-Capability",
    ];

    private static readonly string[] IntermediaryPrefixes =
        ["X-Forwarded", "X-Envoy-", "X-Original-", "X-Amz", "X-Azure-", "X-AppEngine-", "CF-", "Fastly-", "Akamai-"];

    private readonly string? _token;
    private readonly bool _trustsLoopback;
    private readonly bool _hasListener;
    private readonly EnvironmentRegistry? _demo;

    /// <param name="options">The options.</param>
    /// <param name="demo">
    /// The environments, if the proxy starts with nothing but the demo environment, which is public: everybody has access
    /// while no other is served, unless there is a token or a listener for operators; null otherwise.
    /// </param>
    public OperatorAccess(OperatorOptions options, EnvironmentRegistry? demo = null)
    {
        _demo = options is { Token: null, TrustLoopback: true, HasListener: false } ? demo : null;
        _token = options.Token;
        _trustsLoopback = options.TrustLoopback;
        _hasListener = options.HasListener;
    }

    /// <summary>Indicates whether a token is configured.</summary>
    public bool IsTokenConfigured => _token is not null;

    /// <summary>
    /// Determines whether the sender of a request may have the console, which has no data: where a token is configured
    /// everybody may, because a browser cannot send the token before the page has asked for it.
    /// </summary>
    public bool AllowsConsole(Exchange exchange) => IsTokenConfigured || Allows(exchange);

    /// <summary>Determines whether the sender of a request may use the operators' endpoints.</summary>
    public bool Allows(Exchange exchange)
    {
        if (_demo?.Environments.Count == 1)
        {
            return true;
        }

        if (_hasListener && exchange.Listener != ListenerKind.Operators)
        {
            return false;
        }

        var authorization = exchange.RequestHeaders.Authorization.ToString();
        if (_token is not null)
        {
            return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                && Secrets.AreEqual(authorization.AsSpan(Scheme.Length).Trim(), _token);
        }

        return _trustsLoopback
            && exchange.Listener != ListenerKind.Operators
            && authorization.Length == 0
            && exchange.RemoteAddress is { } address
            && IPAddress.IsLoopback(address)
            && !HttpProtocol.IsHttp10(exchange.Protocol) // the default of reverse proxies
            && IsDirect(exchange.RequestHeaders);
    }

    /// <summary>
    /// Determines whether a request came directly: no header shows an intermediary, or a browser with a page of another
    /// origin than this proxy.
    /// </summary>
    private static bool IsDirect(IHeaderDictionary headers)
    {
        var host = headers.Host.ToString();
        if (!IsLoopbackName(HostString.FromUriComponent(host).Host) || (headers.Origin.Count > 0 && !IsOwnOrigin(headers.Origin.ToString(), host)))
        {
            return false;
        }

        foreach (var (name, _) in headers)
        {
            if (IntermediaryHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)
                || Array.Exists(IntermediaryPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOwnOrigin(string origin, string host) =>
        string.Equals(origin, $"http://{host}", StringComparison.OrdinalIgnoreCase) || string.Equals(origin, $"https://{host}", StringComparison.OrdinalIgnoreCase);

    /// <summary>Checks the host: a page can resolve its own name to the machine's address, but not this name.</summary>
    private static bool IsLoopbackName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
