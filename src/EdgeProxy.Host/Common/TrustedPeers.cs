using System.Net;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Common;

/// <summary>
/// Peers whose <c>X-Forwarded-For</c> is trusted (<c>FORWARDED_ALLOW_IPS</c>), and with them the client's address: the last address
/// that does not belong to a trusted peer, as in uvicorn. For display only; no decision depends on it.
/// </summary>
internal sealed class TrustedPeers
{
    private readonly bool _everybody;
    private readonly IReadOnlyList<IPNetwork> _networks;

    private TrustedPeers(IReadOnlyList<string> names, bool everybody, IReadOnlyList<IPNetwork> networks)
    {
        Names = names;
        _everybody = everybody;
        _networks = networks;
    }

    /// <summary>Trusts 127.0.0.1 only.</summary>
    public static TrustedPeers Loopback { get; } = TryCreate(["127.0.0.1"])!;

    /// <summary>The addresses and networks that it was created from.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Parses trusted peers.</summary>
    /// <param name="peers">Addresses, networks, or <c>*</c> for all.</param>
    /// <returns>Null if a text is none of these.</returns>
    public static TrustedPeers? TryCreate(IEnumerable<string> peers)
    {
        string[] names = [.. peers];
        var everybody = false;
        var networks = new List<IPNetwork>();
        foreach (var name in names)
        {
            if (name == "*")
            {
                everybody = true;
            }
            else if (IPAddress.TryParse(name, out var address))
            {
                address = Plain(address);
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else if (IPNetwork.TryParse(name, out var network))
            {
                networks.Add(network);
            }
            else
            {
                return null;
            }
        }

        return new TrustedPeers(names, everybody, networks);
    }

    /// <summary>Determines the address of the client.</summary>
    /// <param name="peer">The address of the connection's peer.</param>
    /// <param name="forwardedFor">The header that proxies append to: one line or several, the last address being the nearest.</param>
    public IPAddress ClientOf(IPAddress peer, StringValues forwardedFor)
    {
        var client = peer;
        if (!IsTrusted(peer))
        {
            return client;
        }

        for (var line = forwardedFor.Count - 1; line >= 0; line--)
        {
            var rest = forwardedFor[line].AsSpan();
            while (!rest.IsEmpty)
            {
                var comma = rest.LastIndexOf(',');
                if (!TryRead(rest[(comma + 1)..].Trim(), out var address))
                {
                    return client; // not trusted: the addresses before it could be forged
                }

                client = address;
                if (!IsTrusted(client))
                {
                    return client;
                }

                rest = comma < 0 ? default : rest[..comma];
            }
        }

        return client;
    }

    private static bool TryRead(ReadOnlySpan<char> text, out IPAddress address)
    {
        // With a port or without; IPv6 in brackets or without.
        var isAddress = IPEndPoint.TryParse(text, out var endPoint);
        address = isAddress ? Plain(endPoint!.Address) : IPAddress.None;
        return isAddress;
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private bool IsTrusted(IPAddress address)
    {
        if (_everybody)
        {
            return true;
        }

        var plain = Plain(address);
        foreach (var network in _networks)
        {
            if (network.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }
}
