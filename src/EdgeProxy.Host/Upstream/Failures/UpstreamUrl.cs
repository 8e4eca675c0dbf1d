namespace EdgeProxy.Host.Upstream.Failures;

/// <summary>Addresses of the upstream as messages show them: without user names, passwords and queries.</summary>
internal static class UpstreamUrl
{
    /// <summary>Scheme, host, port and path.</summary>
    public static string Show(Uri url) => $"{Origin(url)}{url.AbsolutePath}";

    /// <summary>Scheme, host, and the port where it is not the usual one.</summary>
    public static string Origin(Uri url) => url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>Host and port.</summary>
    public static string Endpoint(Uri url) => $"{url.Host}:{url.Port}";
}
