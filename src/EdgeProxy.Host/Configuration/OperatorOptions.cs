namespace EdgeProxy.Host.Configuration;

/// <summary>Where operators' paths are served, and to whom without a token.</summary>
internal sealed record OperatorOptions
{
    /// <summary>Whether requests from the machine itself need no token where none is set. Default true.</summary>
    public bool TrustLoopback { get; init; } = true;

    /// <summary>A port for operators' paths alone; 0 for any free one, null for none. Default null.</summary>
    public int? Port { get; init; }

    /// <summary>The address of that port; null for <c>server.host</c>. Default null.</summary>
    public string? Host { get; init; }

    /// <summary>The path of a Unix socket for operators' paths alone; null for none. Default null.</summary>
    public string? UnixSocket { get; init; }

    /// <summary>Whether operators' paths are served on a listener of their own, and so not on the main port.</summary>
    public bool HasListener => Port is not null || UnixSocket is not null;
}
