namespace EdgeProxy.Host.Upstream.Failures;

/// <summary>Formats URLs of the upstream for messages: without user names, passwords and queries.</summary>
internal static class UpstreamUrl
{
    /// <summary>Formats scheme, host, port and path.</summary>
    public static string Show(Uri url) => $"{Origin(url)}{url.AbsolutePath}";

    /// <summary>Formats scheme, host, and the port unless it is the default.</summary>
    public static string Origin(Uri url) => url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>Formats host and port.</summary>
    public static string Endpoint(Uri url) => $"{url.Host}:{url.Port}";
}
