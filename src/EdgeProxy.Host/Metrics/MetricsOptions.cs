using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Metrics;

/// <summary>Options of the metrics endpoint.</summary>
internal sealed record MetricsOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<MetricsOptions> Settings = new(
        new TypedSetting<MetricsOptions, bool>("metrics.enabled", new BooleanForm(), static o => o.Enabled, static (o, v) => o with { Enabled = v })
        {
            Meaning = "answer `GET /metrics`, in the text format of Prometheus, without authentication",
        },
        new TypedSetting<MetricsOptions, int?>("metrics.port", new OptionalForm<int>(new PortForm()), static o => o.Port, static (o, v) => o with { Port = v })
        {
            Meaning = "a separate port for metrics and health; 0 takes any free one, null is `server.port`. Set it where the main port is public",
        });

    /// <summary>Indicates whether <c>GET /metrics</c> is answered. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>A separate port; 0 for any free one, null for the main port. Default null.</summary>
    public int? Port { get; init; }
}
