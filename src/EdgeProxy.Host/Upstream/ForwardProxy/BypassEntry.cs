using System.Net;

namespace EdgeProxy.Host.Upstream.ForwardProxy;

/// <summary>
/// One entry of <c>NO_PROXY</c> (docs/spec/upstream-api.md 1.5), read as curl, Go and Python's httpx read it: <c>*</c>; a domain, with or without <c>.</c> or
/// <c>*.</c> in front, for itself and all below it; an address; a network in CIDR notation; each with a port or without.
/// </summary>
/// <param name="Scheme">The scheme; null for any.</param>
/// <param name="Domain">The domain, lower case; null for an address or a network, empty for any host.</param>
/// <param name="Network">The network, or an address as one; null for a domain.</param>
/// <param name="Port">The port; null for any.</param>
internal sealed record BypassEntry(string? Scheme, string? Domain, IPNetwork? Network, int? Port)
{
    /// <summary>Parses an entry; null if it is invalid.</summary>
    public static BypassEntry? Parse(string text)
    {
        string? scheme = null;
        if (text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var end)
        {
            (scheme, text) = (text[..end].ToLowerInvariant(), text[(end + 3)..].TrimEnd('/'));
        }

        if (ParseNetwork(text) is { } network)
        {
            return new BypassEntry(scheme, null, network, null);
        }

        var (host, port) = SplitPort(text);
        if (ParseNetwork(host) is { } address)
        {
            return new BypassEntry(scheme, null, address, port);
        }

        var domain = host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host.TrimStart('.');
        return host == "*" ? new BypassEntry(scheme, "", null, port)
            : domain.Length == 0 || domain.Contains('*') ? null
            : new BypassEntry(scheme, domain.TrimEnd('.').ToLowerInvariant(), null, port);
    }

    /// <summary>Determines whether an address is reached directly.</summary>
    public bool Matches(Uri url)
    {
        if ((Scheme is not null && Scheme != url.Scheme) || (Port is not null && Port != url.Port))
        {
            return false;
        }

        if (Network is { } network)
        {
            return IPAddress.TryParse(url.IdnHost, out var address) && Contains(network, address);
        }

        var host = url.IdnHost.TrimEnd('.').ToLowerInvariant();
        return Domain is "" || host == Domain || (host.EndsWith(Domain!, StringComparison.Ordinal) && host[^(Domain!.Length + 1)] == '.');
    }

    private static bool Contains(IPNetwork network, IPAddress address) =>
        network.Contains(address) || (address.IsIPv4MappedToIPv6 && network.Contains(address.MapToIPv4()));

    /// <summary>Parses an address, in brackets or not, or a network; not an address with a port.</summary>
    private static IPNetwork? ParseNetwork(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? text : text[..slash];
        if (host.StartsWith('['))
        {
            if (!host.EndsWith(']'))
            {
                return null; // a port follows, which the address parser does not accept
            }

            host = host[1..^1];
        }

        // A text of digits only would be parsed as an address, too.
        if (!(host.Contains(':') || host.Count(static character => character == '.') == 3) || !IPAddress.TryParse(host, out var address))
        {
            return null;
        }

        var bits = address.GetAddressBytes().Length * 8;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), out bits) || bits < 0 || bits > address.GetAddressBytes().Length * 8))
        {
            return null;
        }

        return new IPNetwork(Mask(address, bits), bits);
    }

    /// <summary>Returns the first address of a network; 10.1.2.3/8 means 10.0.0.0/8.</summary>
    private static IPAddress Mask(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(bits - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xff << (8 - kept));
        }

        return new IPAddress(bytes);
    }

    private static (string Host, int? Port) SplitPort(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), out var port) ? (text[..colon], port) : (text, null);
    }
}
