using EdgeProxy.Host.Common;
using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Http.AccessLogging;

/// <summary>Options of the access log.</summary>
internal sealed record AccessLogOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<AccessLogOptions> Settings = new(
        new TypedSetting<AccessLogOptions, bool>("logging.enable_access_log", new BooleanForm(), static o => o.IsEnabled, static (o, v) => o with { IsEnabled = v })
        {
            Meaning = "log a line for each request, at level INFO: the client's address, method, path without query, status, duration, environment and trace id; in JSON `remote_ip`, `method`, `path`, `status`, `duration_ms`, `environment`, `key` (masked), `revision` and `trace_id`",
        },
        new TypedSetting<AccessLogOptions, bool>(
            "server.proxy_headers", new BooleanForm(), static o => o.UsesProxyHeaders, static (o, v) => o with { UsesProxyHeaders = v })
        {
            Meaning = "trust `X-Forwarded-For` from the addresses in `forwarded_allow_ips`: the access log then shows the client's address instead of the address of the proxy in front. Nothing else depends on it",
        },
        new TypedSetting<AccessLogOptions, TrustedPeers>(
            "forwarded_allow_ips", new TrustedPeersForm(), static o => o.ForwardedAllowIps, static (o, v) => o with { ForwardedAllowIps = v })
        {
            Meaning = "addresses and networks, a list or one text with commas, or `*` for all; usually set as `FORWARDED_ALLOW_IPS`",
        });

    /// <summary>Indicates whether the access log is enabled. Default false.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>Indicates whether <c>X-Forwarded-For</c> is trusted at all. Default false.</summary>
    public bool UsesProxyHeaders { get; init; }

    /// <summary>The peers whose <c>X-Forwarded-For</c> is trusted. Default: 127.0.0.1.</summary>
    public TrustedPeers ForwardedAllowIps { get; init; } = TrustedPeers.Loopback;
}
