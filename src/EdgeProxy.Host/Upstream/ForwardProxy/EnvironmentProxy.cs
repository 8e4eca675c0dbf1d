using System.Net;

namespace EdgeProxy.Host.Upstream.ForwardProxy;

/// <summary>
/// The forward proxy that <c>HTTP_PROXY</c>, <c>HTTPS_PROXY</c>, <c>ALL_PROXY</c> and <c>NO_PROXY</c> set. The platform reads
/// them too, but misinterprets most common forms of <c>NO_PROXY</c>, and so sends keys to the proxy.
/// </summary>
internal sealed class EnvironmentProxy : IWebProxy
{
    private readonly Uri? _http;
    private readonly Uri? _https;
    private readonly BypassList _bypass;

    private EnvironmentProxy(Uri? http, Uri? https, BypassList bypass)
    {
        _http = http;
        _https = https;
        _bypass = bypass;
        var credentials = new CredentialCache();
        foreach (var proxy in new[] { http, https }.OfType<Uri>().Distinct().Where(static proxy => proxy.UserInfo.Length > 0))
        {
            credentials.Add(proxy, "Basic", CredentialOf(proxy));
        }

        Credentials = credentials;
    }

    /// <inheritdoc/>
    public ICredentials? Credentials { get; set; }

    /// <summary>Creates the proxy from the variables; null if they set none.</summary>
    /// <param name="variable">Reads a variable.</param>
    public static EnvironmentProxy? Read(Func<string, string?> variable)
    {
        var http = Read(variable, Uri.UriSchemeHttp);
        var https = Read(variable, Uri.UriSchemeHttps);
        return http is null && https is null ? null : new EnvironmentProxy(http, https, new BypassList(variable("no_proxy") ?? variable("NO_PROXY")));
    }

    /// <summary>Finds the variable that sets the proxy for URLs of a scheme; null if none does.</summary>
    /// <param name="variable">Reads a variable.</param>
    /// <param name="scheme">The scheme, <c>http</c> or <c>https</c>.</param>
    public static string? VariableOf(Func<string, string?> variable, string scheme)
    {
        // With CGI, HTTP_PROXY in upper case is a header named Proxy from a client.
        string[] names = [$"{scheme}_proxy", $"{scheme.ToUpperInvariant()}_PROXY", "all_proxy", "ALL_PROXY"];
        return names.FirstOrDefault(name => variable(name) is not null && (name != "HTTP_PROXY" || variable("GATEWAY_INTERFACE") is null));
    }

    /// <summary>Determines whether the value of a variable is the address of a proxy.</summary>
    public static bool IsAddress(string? text) => Parse(text) is not null;

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) =>
        _bypass.Matches(destination) ? null : destination.Scheme == Uri.UriSchemeHttps ? _https : _http;

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => GetProxy(host) is null;

    private static Uri? Read(Func<string, string?> variable, string scheme) => VariableOf(variable, scheme) is { } name ? Parse(variable(name)) : null;

    private static Uri? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var trimmed = text.Trim();
        var url = trimmed.Contains("://", StringComparison.Ordinal) ? trimmed : $"http://{trimmed}";
        return Uri.TryCreate(url.Replace("socks5h://", "socks5://", StringComparison.OrdinalIgnoreCase), UriKind.Absolute, out var proxy)
            && proxy.Scheme is "http" or "https" or "socks4" or "socks4a" or "socks5" && proxy.Host.Length > 0 ? proxy : null;
    }

    private static NetworkCredential CredentialOf(Uri proxy)
    {
        var parts = proxy.UserInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
