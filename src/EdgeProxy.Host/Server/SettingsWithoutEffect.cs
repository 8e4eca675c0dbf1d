using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Server;

/// <summary>Settings of the Flagsmith Edge Proxy, in Python and in Rust, that are accepted without effect.</summary>
internal static class SettingsWithoutEffect
{
    /// <summary>The definitions.</summary>
    public static readonly IReadOnlyList<Setting> All =
    [
        new AcceptedSetting("server.reload", new BooleanForm(), "false") { Meaning = "there is no code to reload" },
        new AcceptedSetting("endpoint_caches.flags.use_cache", new BooleanForm(), "false") { Meaning = "flags are rendered once for each document anyway" },
        new AcceptedSetting("endpoint_caches.flags.cache_max_size", new AnyForm(), "128") { Meaning = "as above" },
        new AcceptedSetting("endpoint_caches.identities.use_cache", new BooleanForm(), "false")
        {
            Meaning = "answers are the same without; making one takes microseconds, and the body has to be read either way",
        },
        new AcceptedSetting("endpoint_caches.identities.cache_max_size", new AnyForm(), "128") { Meaning = "as above" },
        new AcceptedSetting("web_concurrency", new AnyForm()) { IsVariableOnly = true, Meaning = "one process uses every core" },
        new AcceptedSetting("rust_log", new AnyForm()) { IsVariableOnly = true, Meaning = "logging.log_level sets the level" },
        new AcceptedSetting("tokio_worker_threads", new AnyForm()) { IsVariableOnly = true, Meaning = "one process uses every core" },
    ];
}
