using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Operations;

/// <summary>
/// Who may see what is for operators: whoever has the admin token, and whoever is on the machine itself. Others' pages in a
/// browser on the machine, and what other proxies hand on from elsewhere, do not count as on the machine.
/// </summary>
internal sealed class OperatorAccess
{
    private const string Scheme = "Bearer ";

    private readonly string? _token;

    public OperatorAccess(OperatorOptions options)
    {
        _token = options.Token;
    }

    /// <summary>Whether there is a token that would open it.</summary>
    public bool IsTokenConfigured => _token is not null;

    /// <summary>Whether the sender of a request may.</summary>
    public bool Allows(Exchange exchange)
    {
        var authorization = exchange.RequestHeaders.Authorization.ToString();
        if (authorization.Length > 0)
        {
            return _token is not null
                && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                && AreEqual(authorization.AsSpan(Scheme.Length).Trim(), _token);
        }

        return exchange.RemoteAddress is { } address && IPAddress.IsLoopback(address) && IsOwn(exchange.RequestHeaders);
    }

    /// <summary>Compared without telling how much of a guess was right.</summary>
    private static bool AreEqual(ReadOnlySpan<char> guess, string token) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(guess), MemoryMarshal.AsBytes(token.AsSpan()));

    /// <summary>Whether nothing speaks against it that a user of the machine sent the request.</summary>
    private static bool IsOwn(IHeaderDictionary headers) =>
        headers.Origin.Count == 0
        && headers["X-Forwarded-For"].Count == 0
        && headers["Forwarded"].Count == 0
        && IsLoopbackName(HostString.FromUriComponent(headers.Host.ToString()).Host);

    /// <summary>A page can give its own name the address of the machine, but not this name.</summary>
    private static bool IsLoopbackName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
