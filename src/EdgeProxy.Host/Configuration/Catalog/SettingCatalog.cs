namespace EdgeProxy.Host.Configuration.Catalog;

/// <summary>All settings, in the order of docs/configuration.md.</summary>
internal static class SettingCatalog
{
    private const long MaxBytes = int.MaxValue / 2;
    private const long MaxBufferedBytes = 1024 * 1024;
    private const long MaxCount = 10_000_000;

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Setting> All =
    [
        new("environment_key_pairs", new ObjectsForm(["server_side_key", "client_side_key"], []), null,
            "the environments to poll: a list of `{\"server_side_key\": \"ser.…\", \"client_side_key\": \"…\"}`. Required, unless `proxy_key` finds environments or `environment_documents` gives one")
        { IsSecret = true },
        new("environment_documents", new ObjectsForm(["path"], ["server_side_key"], OrText: true), "[]",
            "documents to serve from files: paths, or `{\"path\": \"…\", \"server_side_key\": \"ser.…\"}`. Also `--environment-document FILE`, any number of times"),
        new("proxy_key", new TextForm(), null, "asks the API which environments to serve, besides those above") { IsSecret = true },
        new("usage_flush_interval_seconds", new SecondsForm(), "60",
            "seconds that requests for environments found with `proxy_key` are counted before the API is told"),
        new("snapshot_directory", new TextForm(), null,
            "a directory to keep accepted documents in, so that a restart serves them at once, whether the API answers or not"),
        new("api_url", new TextForm(IsUrl: true), "\"https://edge.api.flagsmith.com/api/v1\"", "the Flagsmith API; a slash at the end does no harm"),
        new("api_poll_frequency_seconds", new SecondsForm(), "10", "seconds between two polls of an environment, give or take a tenth")
        { Alias = "api_poll_frequency" },
        new("api_poll_timeout_seconds", new SecondsForm(), "5", "seconds that one request to the API may take") { Alias = "api_poll_timeout" },
        new("limits.max_document_bytes", new IntegerForm(1024, MaxBytes), "104857600",
            "the largest document taken from the API, uncompressed, all pages together"),
        new("limits.max_features_lost_percent", new IntegerForm(0, 100), null,
            "reject a new document that lacks more than so many percent of the features that are served; unset: never"),
        new("limits.max_request_line_bytes", new IntegerForm(256, MaxBufferedBytes), "32768", "the longest request line; longer ones get 414"),
        new("limits.max_header_bytes", new IntegerForm(256, MaxBufferedBytes), "32768", "the headers of a request, together; more get 431"),
        new("limits.max_headers", new IntegerForm(1, 10_000), "100", "how many headers a request may have; more get 431"),
        new("limits.headers_timeout_seconds", new SecondsForm(), "15", "seconds that the headers of a request may take to arrive; then 408"),
        new("limits.min_bytes_per_second", new IntegerForm(0, MaxBufferedBytes), "240",
            "who sends a body, or takes an answer, more slowly than this (after 5 seconds) is cut off, the former with 408; 0: nobody is"),
        new("limits.max_traits", new IntegerForm(1, MaxCount), "1000", "how many traits a request may have; more get 422"),
        new("limits.max_connections", new IntegerForm(1, MaxCount), "10000", "how many connections there may be at the same time; further ones are closed at once"),
        new("limits.max_concurrent_requests", new IntegerForm(1, MaxCount), "1000",
            "how many requests may wait for the rest of their bodies at the same time; further ones get 503"),
        new("limits.max_queue_delay_seconds", new SecondsForm(ZeroAllowed: true), "0.05",
            "seconds that requests may wait for their turn; when they wait longer for a fifth of a second, so many get 503 that the others do not. 0: they wait"),
        new("flags.details", new ChoiceForm("full", "none"), "\"full\"",
            "`full`: flags of identities have `variant`, `reason` and, where there is any, `metadata`, and flags of environments `metadata`; `none`: only the members that the Flagsmith Edge Proxy sends"),
        new("allow_origins", new ListForm(), "[\"*\"]", "the origins that browsers may ask from: a list, or one"),
        new("server.host", new TextForm(), "\"0.0.0.0\"", "the address or name to listen on. Also `--host`"),
        new("server.port", new IntegerForm(0, 65535), "8000", "the port to listen on; 0 takes any free one. Also `--port`"),
        new("server.tls.certificate_file", new TextForm(), null,
            "a PEM file with the certificate, and behind it those that lead to its root: makes `server.port` speak TLS"),
        new("server.tls.key_file", new TextForm(), null, "a PEM file with its private key; of the two files, one alone has both"),
        new("server.tls.key_password", new TextForm(), null, "what the private key is encrypted with, if it is; better set as `SERVER_TLS_KEY_PASSWORD`") { IsSecret = true },
        new("server.tls.minimum_version", new ChoiceForm("1.2", "1.3"), "\"1.2\"", "the least version of TLS that is spoken"),
        new("server.http2", new BooleanForm(), "true", "speak HTTP/2 with clients that agree on it during the TLS handshake (ALPN)"),
        new("server.http2_cleartext_port", new IntegerForm(0, 65535), null,
            "a further port, for HTTP/2 without TLS from the first byte on (prior knowledge), and nothing else; 0 takes any free one"),
        new("server.timeout_keep_alive", new SecondsForm(), "75", "seconds that an idle connection is kept"),
        new("server.max_request_body_bytes", new IntegerForm(1, MaxBytes), "1048576", "the largest request body; larger ones get 413"),
        new("server.shutdown_delay_seconds", new SecondsForm(ZeroAllowed: true), "5",
            "seconds that requests are still taken after the proxy was told to stop, while readiness says 503; in the second half of them each answer asks its client to come back on another connection"),
        new("server.shutdown_timeout_seconds", new SecondsForm(), "15", "seconds that running requests, and what else must be finished, may take after that"),
        new("server.admin_token", new TextForm(), null,
            "opens `GET /proxy/environments` to whoever sends `Authorization: Bearer <token>`; without it, only to the machine itself")
        { IsSecret = true },
        new("server.proxy_headers", new BooleanForm(), "false",
            "believe `X-Forwarded-For` of those in `forwarded_allow_ips`: the access log then shows where a request came from, and not the proxy before this one. Nothing else depends on it"),
        new("forwarded_allow_ips", new ListForm(IsAddresses: true), "[\"127.0.0.1\"]",
            "addresses and networks, a list or one text with commas, or `*` for everybody; usually set as `FORWARDED_ALLOW_IPS`"),
        new("server.reload", new BooleanForm(), "false", "nothing is to be reloaded") { Support = SettingSupport.WithoutEffect },
        new("logging.log_level", new ChoiceForm("CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG", "NOTSET"), "\"INFO\"", "the least that is logged"),
        new("logging.log_format", new ChoiceForm("generic", "json"), "\"generic\"",
            "`generic` for people, `json` for machines: an object a line with `timestamp`, `level`, `logger`, `event_id`, the message, and `exception` where there is one"),
        new("logging.log_event_field_name", new TextForm(), "\"message\"", "the name of the member with the message, in JSON"),
        new("logging.colours", new BooleanForm(), "false", "colours by level, in `generic` format") { Alias = "logging.colors" },
        new("logging.enable_access_log", new BooleanForm(), "false",
            "a line for each request, at level INFO: the client's address, method, path without query, status, duration; in JSON `remote_ip`, `method`, `path`, `status` and `duration_ms`"),
        new("logging.override", new AnyForm(), null,
            "of Python's `dictConfig`: handlers `logging.FileHandler` (`filename`, `formatter`, `level`) of the loggers `\"\"` and `uvicorn.access`, besides the standard output; anything else gets a warning"),
        new("health_check.environment_update_grace_period_seconds", new SecondsForm(ZeroAllowed: true, NullAllowed: true), "30",
            "how much longer than the poll interval an environment may go without a successful fetch before readiness fails, times the number of environments; null: for ever"),
        new("health_check.readiness", new ListForm(), "\"all\"",
            "the environments that must be loaded and fresh for readiness: `\"all\"`, `\"any\"` (one is enough), or a list of names or client-side keys"),
        new("metrics.enabled", new BooleanForm(), "true", "answer `GET /metrics`, in the text format of Prometheus, to whoever asks"),
        new("metrics.port", new IntegerForm(0, 65535), null,
            "a port of their own for metrics, and for health; 0 takes any free one; unset: `server.port`. Use it where the main port is public"),
        new("endpoint_caches.flags.use_cache", new BooleanForm(), "false", "flags are rendered once a document anyway") { Support = SettingSupport.WithoutEffect },
        new("endpoint_caches.flags.cache_max_size", new AnyForm(), "128", "as above") { Support = SettingSupport.WithoutEffect },
        new("endpoint_caches.identities.use_cache", new BooleanForm(), "false", "answers are the same without; making one takes microseconds, and the body has to be read either way") { Support = SettingSupport.WithoutEffect },
        new("endpoint_caches.identities.cache_max_size", new AnyForm(), "128", "as above") { Support = SettingSupport.WithoutEffect },
        new("web_concurrency", new AnyForm(), null, "one process uses every core") { Support = SettingSupport.WithoutEffect, IsVariableOnly = true },
    ];

    /// <summary>Every name that is known.</summary>
    public static readonly IReadOnlyList<string> Names = [.. All.SelectMany(static setting => setting.Names)];
}
