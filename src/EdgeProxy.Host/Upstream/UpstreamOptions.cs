using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Upstream;

/// <summary>Options of the Flagsmith API, or of another proxy in its place.</summary>
internal sealed record UpstreamOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<UpstreamOptions> Settings = new(
        new TypedSetting<UpstreamOptions, string?>("proxy_key", new TextForm(), static o => o.ProxyKey, static (o, v) => o with { ProxyKey = v })
        {
            IsSecret = true,
            Meaning = "the key that asks the API for further environments to serve",
        },
        new TypedSetting<UpstreamOptions, TimeSpan>(
            "usage_flush_interval_seconds", new SecondsForm(), static o => o.UsageFlushInterval, static (o, v) => o with { UsageFlushInterval = v })
        {
            Unit = "seconds",
            Meaning = "the interval at which requests for environments found with `proxy_key` are reported to the API",
        },
        new TypedSetting<UpstreamOptions, Uri?>("api_url", new UrlForm(), static o => o.ApiUrl, static (o, v) => o with { ApiUrl = v ?? o.ApiUrl })
        {
            Meaning = "the Flagsmith API; a slash at the end makes no difference",
        },
        new TypedSetting<UpstreamOptions, TimeSpan>(
            "api_poll_frequency_seconds", new SecondsForm(), static o => o.ApiPollFrequency, static (o, v) => o with { ApiPollFrequency = v })
        {
            Aliases = ["api_poll_frequency"],
            Unit = "seconds",
            Meaning = "the interval between two polls of an environment, give or take a tenth",
        },
        new TypedSetting<UpstreamOptions, TimeSpan>(
            "api_poll_timeout_seconds", new SecondsForm(), static o => o.ApiPollTimeout, static (o, v) => o with { ApiPollTimeout = v })
        {
            Aliases = ["api_poll_timeout"],
            Unit = "seconds",
            Meaning = "the timeout of one request to the API",
        },
        new TypedSetting<UpstreamOptions, int>(
            "upstream.rollback_confirmations", new IntegerForm(1, 1000), static o => o.RollbackConfirmations, static (o, v) => o with { RollbackConfirmations = v })
        {
            Meaning = "the number of polls in a row that must return an older document before it replaces a newer one, so that an upstream that is behind others behind the same balancer has no effect; 1: at once",
        });

    private static readonly TimeSpan MinSendTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The Flagsmith API, without a slash at the end.</summary>
    public Uri ApiUrl { get; init; } = new("https://edge.api.flagsmith.com/api/v1");

    /// <summary>The interval between two polls of an environment. Default 10 s; greater than 0.</summary>
    public TimeSpan ApiPollFrequency { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The timeout of one request to the API. Default 5 s; greater than 0.</summary>
    public TimeSpan ApiPollTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The timeout of one request that sends data to the API, which may take longer than a poll.</summary>
    public TimeSpan SendTimeout => ApiPollTimeout > MinSendTimeout ? ApiPollTimeout : MinSendTimeout;

    /// <summary>
    /// The proxy key, with which the API lists the environments to serve; null to serve only those of the configuration.
    /// </summary>
    public string? ProxyKey { get; init; }

    /// <summary>The interval of usage reports. Default 60 s; greater than 0.</summary>
    public TimeSpan UsageFlushInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The number of consecutive polls that confirm an older document as a rollback. Default 3; 1 for immediately.
    /// </summary>
    public int RollbackConfirmations { get; init; } = 3;

    /// <summary>The URL for evaluations by identity and state, of the API's second version; null if the API has no version in its path.</summary>
    public Uri? EvaluationsUrl =>
        ApiUrl.AbsoluteUri.TrimEnd('/') is var url && url.EndsWith("/v1", StringComparison.Ordinal) ? new($"{url[..^1]}2/analytics/flags/") : null;

    /// <summary>Creates a URL of the API.</summary>
    /// <param name="path">The path after <see cref="ApiUrl"/>, without a leading slash.</param>
    public Uri UrlOf(string path) => new($"{ApiUrl.AbsoluteUri.TrimEnd('/')}/{path}");
}
