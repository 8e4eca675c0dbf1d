namespace EdgeProxy.Host.Configuration;

/// <summary>How the proxy listens.</summary>
internal sealed class ServerOptions
{
    /// <summary>An address or a name. Default: every IPv4 address.</summary>
    public string Host { get; init; } = "0.0.0.0";

    /// <summary>0 takes any free port. Default 8000.</summary>
    public int Port { get; init; } = 8000;

    /// <summary>How long an idle connection is kept. Default 75 s: longer than clients keep theirs, so that they close first.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>The largest request body, in bytes. Default 1 MiB.</summary>
    public int MaxRequestBodyBytes { get; init; } = 1024 * 1024;
}
