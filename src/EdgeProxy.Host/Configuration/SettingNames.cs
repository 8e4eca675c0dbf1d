namespace EdgeProxy.Host.Configuration;

/// <summary>The name of every setting, where in the configuration it stands, and whether this version acts on it.</summary>
internal static class SettingNames
{
    /// <summary>Settings that are read.</summary>
    public static readonly string[] Supported =
    [
        "environment_key_pairs",
        "environment_documents",
        "proxy_key",
        "usage_flush_interval_seconds",
        "snapshot_directory",
        "api_url",
        "api_poll_frequency_seconds",
        "api_poll_frequency",
        "api_poll_timeout_seconds",
        "api_poll_timeout",
        "allow_origins",
        "limits.max_document_bytes",
        "limits.max_features_lost_percent",
        "server.host",
        "server.port",
        "server.timeout_keep_alive",
        "server.max_request_body_bytes",
        "server.shutdown_delay_seconds",
        "server.shutdown_timeout_seconds",
        "server.admin_token",
        "logging.log_level",
        "logging.log_format",
        "logging.log_event_field_name",
        "health_check.environment_update_grace_period_seconds",
        "health_check.readiness",
    ];

    /// <summary>Settings that have no effect by design: what they ask for happens anyway.</summary>
    public static readonly string[] WithoutEffect =
    [
        "endpoint_caches.flags.use_cache",
        "endpoint_caches.flags.cache_max_size",
        "server.reload",
        "web_concurrency",
    ];

    /// <summary>Settings of the proxies that this takes the place of, which it does not act on yet.</summary>
    public static readonly string[] Unsupported =
    [
        "endpoint_caches.identities.use_cache",
        "endpoint_caches.identities.cache_max_size",
        "server.proxy_headers",
        "logging.colours",
        "logging.colors",
        "logging.enable_access_log",
        "logging.override",
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<string> All => [.. Supported, .. WithoutEffect, .. Unsupported];
}
