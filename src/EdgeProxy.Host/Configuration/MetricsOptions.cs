namespace EdgeProxy.Host.Configuration;

/// <summary>Where metrics are to be had.</summary>
internal sealed record MetricsOptions
{
    /// <summary>Whether <c>GET /metrics</c> is answered. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>A port of their own; 0 for any free one, null for the port of everything else. Default null.</summary>
    public int? Port { get; init; }
}
