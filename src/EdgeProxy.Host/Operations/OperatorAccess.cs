using System.Net;
using EdgeProxy.Host.Common;
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

    // Headers that reverse proxies, load balancers and meshes add.
    private static readonly string[] IntermediaryHeaders =
        ["Via", "Forwarded", "X-Real-IP", "X-Request-Id", "X-Client-IP", "True-Client-IP"];

    private static readonly string[] IntermediaryPrefixes = ["X-Forwarded-", "X-Envoy-", "X-Original-", "X-Amzn-", "CF-"];

    private readonly string? _token;
    private readonly bool _trustsLoopback;
    private readonly bool _hasListener;

    public OperatorAccess(OperatorOptions options)
    {
        _token = options.Token;
        _trustsLoopback = options.TrustLoopback;
        _hasListener = options.HasListener;
    }

    /// <summary>Indicates whether a token is configured.</summary>
    public bool IsTokenConfigured => _token is not null;

    /// <summary>Determines whether the sender of a request may use the operators' endpoints.</summary>
    public bool Allows(Exchange exchange)
    {
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

    /// <summary>Determines whether a request came directly: no header shows a browser or an intermediary.</summary>
    private static bool IsDirect(IHeaderDictionary headers)
    {
        if (headers.Origin.Count > 0 || !IsLoopbackName(HostString.FromUriComponent(headers.Host.ToString()).Host))
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

    /// <summary>Checks the host: a page can resolve its own name to the machine's address, but not this name.</summary>
    private static bool IsLoopbackName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
