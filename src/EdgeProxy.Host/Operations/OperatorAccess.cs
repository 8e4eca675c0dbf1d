using System.Net;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Operations;

/// <summary>
/// Decides who may use operators' paths. With a token, whoever sends it, and nobody else. Without
/// one, the machine itself, unless that is switched off: a reverse proxy on the same host makes strangers look local, so any
/// sign of one counts against a request.
/// </summary>
internal sealed class OperatorAccess
{
    private const string Scheme = "Bearer ";

    // What reverse proxies, load balancers and meshes add.
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

    /// <summary>Whether there is a token that would open it.</summary>
    public bool IsTokenConfigured => _token is not null;

    /// <summary>Whether the sender of a request may use operators' paths.</summary>
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
            && !HttpProtocol.IsHttp10(exchange.Protocol) // what reverse proxies speak by default
            && IsDirect(exchange.RequestHeaders);
    }

    /// <summary>Whether nothing shows that a browser sent the request for a page, or an intermediary for somebody else.</summary>
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

    /// <summary>A page can give its own name the address of the machine, but not this name.</summary>
    private static bool IsLoopbackName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
