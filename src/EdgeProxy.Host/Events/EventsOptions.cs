using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Events;

/// <summary>Options of experiment events.</summary>
internal sealed record EventsOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<EventsOptions> Settings = new(
        new TypedSetting<EventsOptions, Uri?>("events.api_url", new OptionalUrlForm(), static o => o.ApiUrl, static (o, v) => o with { ApiUrl = v })
        {
            Meaning = "the service that `POST /v1/events` is passed on to, such as https://events.api.flagsmith.com; null: the path is 404",
        },
        new TypedSetting<EventsOptions, int>(
            "events.max_body_bytes", new IntegerForm(1024, 64 * 1024 * 1024), static o => o.MaxBodyBytes, static (o, v) => o with { MaxBodyBytes = v })
        {
            Unit = "bytes",
            Meaning = "the largest body of `POST /v1/events`; larger ones get 413",
        });

    /// <summary>The service that takes events, without a slash at the end; null for none.</summary>
    public Uri? ApiUrl { get; init; }

    /// <summary>The largest body. Default 4 MiB.</summary>
    public int MaxBodyBytes { get; init; } = 4 * 1024 * 1024;
}
