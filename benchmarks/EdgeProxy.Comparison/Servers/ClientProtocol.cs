namespace EdgeProxy.Comparison.Servers;

/// <summary>The protocol between clients and a server.</summary>
internal sealed record ClientProtocol
{
    /// <summary>HTTP/1.1 in clear text.</summary>
    public static ClientProtocol Plain { get; } = new();

    /// <summary>The names of all others on the command line.</summary>
    public static IReadOnlyList<string> Names { get; } = ["tls", "http2", "http2-tls"];

    /// <summary>Indicates TLS 1.3.</summary>
    public bool HasTls { get; init; }

    /// <summary>Indicates HTTP/2, agreed on during the TLS handshake or, without TLS, known in advance.</summary>
    public bool IsHttp2 { get; init; }

    /// <summary>The number of requests under way on each connection; 1 over HTTP/1.1.</summary>
    public int Streams { get; init; } = 1;

    /// <summary>The scheme of addresses.</summary>
    public string Scheme => HasTls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;

    /// <summary>The name in tables.</summary>
    public string Name
    {
        get
        {
            var version = IsHttp2 ? "HTTP/2" : "HTTP/1.1";
            var security = HasTls ? ", TLS 1.3" : "";
            var streams = Streams == 1 ? ", 1 stream" : $", {Streams} streams";
            return $"{version}{security}{(IsHttp2 ? streams : "")}";
        }
    }

    /// <summary>The protocols of a name: HTTP/2 with each number of streams.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="streams">The numbers of streams.</param>
    public static IEnumerable<ClientProtocol> Named(string name, IReadOnlyList<int> streams)
    {
        if (!Names.Contains(name))
        {
            throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such protocol.");
        }

        var protocol = new ClientProtocol { HasTls = name != "http2", IsHttp2 = name != "tls" };
        return protocol.IsHttp2 ? streams.Select(number => protocol with { Streams = number }) : [protocol];
    }

    /// <summary>The number of connections for a number of requests under way: at least one.</summary>
    public int ConnectionsFor(int requests) => Math.Max(1, requests / Streams);
}
