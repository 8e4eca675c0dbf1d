namespace EdgeProxy.Host.Upstream;

/// <summary>
/// The check of redirects and links: the key must not leave for another host (docs/spec/upstream-api.md 1.4 and 2.3).
/// </summary>
internal static class SameOrigin
{
    /// <summary>Determines whether a link may be followed: only on the same scheme, host and port.</summary>
    public static bool AllowsLink(Uri from, Uri to) =>
        from.Scheme == to.Scheme && from.Port == to.Port && IsSameHost(from, to);

    /// <summary>Determines whether a redirect may be followed: as a link, or from http to https on the same host.</summary>
    public static bool AllowsRedirect(Uri from, Uri to) =>
        AllowsLink(from, to) || (from.Scheme == Uri.UriSchemeHttp && to.Scheme == Uri.UriSchemeHttps && IsSameHost(from, to));

    private static bool IsSameHost(Uri left, Uri right) => string.Equals(left.Host, right.Host, StringComparison.OrdinalIgnoreCase);
}
