using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Configuration;

/// <summary>How the proxy listens.</summary>
internal sealed record ServerOptions
{
    /// <summary>An address or a name. Default: every IPv4 address.</summary>
    public string Host { get; init; } = "0.0.0.0";

    /// <summary>0 takes any free port. Default 8000.</summary>
    public int Port { get; init; } = 8000;

    /// <summary>How long an idle connection is kept. Default 75 s: longer than clients keep theirs, so that they close first.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>
    /// How long requests are still taken after the proxy was told to stop, so that load balancers notice that it is not
    /// ready. Default 5 s.
    /// </summary>
    public TimeSpan ShutdownDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after that running requests, and what else must be finished, may take. Default 15 s; greater than 0.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Opens what is for operators only, such as the list of environments; null: only on the machine itself.</summary>
    public string? AdminToken { get; init; }

    /// <summary>The largest request body, in bytes. Default 1 MiB.</summary>
    public int MaxRequestBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>The certificate; null to speak without TLS.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>Whether HTTP/2 is spoken with clients that agree on it during the TLS handshake. Default true.</summary>
    public bool Http2 { get; init; } = true;

    /// <summary>A port for HTTP/2 without TLS, from the first byte on, and nothing else; 0 takes any free one; null for none.</summary>
    public int? Http2CleartextPort { get; init; }

    /// <summary>What one client may take from the others.</summary>
    public ServerLimitOptions Limits { get; init; } = new();

    /// <summary>Whose <c>X-Forwarded-For</c> is believed; null for nobody's.</summary>
    public TrustedPeers? ForwardedAllowIps { get; init; }
}
