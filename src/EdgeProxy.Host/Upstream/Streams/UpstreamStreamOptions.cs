using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Upstream.Streams;

/// <summary>Options of the streams that announce changes.</summary>
internal sealed record UpstreamStreamOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<UpstreamStreamOptions> Settings = new(
        new TypedSetting<UpstreamStreamOptions, Uri?>("realtime.url", new UrlForm(), static o => o.Url, static (o, v) => o with { Url = v })
        {
            Meaning = "the streaming service that announces changes: `https://realtime.flagsmith.com` for Flagsmith's, or the address of an EdgeProxy that the API announces changes to. Each environment whose project has real-time updates enabled holds a stream there. Without a URL, changes wait for the next poll",
        },
        new TypedSetting<UpstreamStreamOptions, bool>(
            "realtime.ignore_project_setting", new BooleanForm(), static o => o.IgnoreProjectSetting, static (o, v) => o with { IgnoreProjectSetting = v })
        {
            Meaning = "whether streams are opened for projects that have real-time updates disabled too; for services that announce all changes",
        },
        new TypedSetting<UpstreamStreamOptions, TimeSpan>(
            "realtime.fetch_jitter_seconds", new SecondsForm(zeroAllowed: true), static o => o.FetchJitter, static (o, v) => o with { FetchJitter = v })
        {
            Unit = "seconds",
            Meaning = "the maximum of the random delay between an event and the fetch, so that instances do not all ask the API in the same instant; 0: none, as always for events of an EdgeProxy, and where one member of a fleet asks for all",
        },
        new TypedSetting<UpstreamStreamOptions, TimeSpan?>(
            "realtime.poll_interval_seconds", new OptionalForm<TimeSpan>(new SecondsForm()), static o => o.PollInterval, static (o, v) => o with { PollInterval = v })
        {
            Unit = "seconds",
            Meaning = "the interval between two polls of an environment while its stream is open, if longer than `api_poll_frequency_seconds`; null: the same. Changes of identity overrides, which Flagsmith does not announce, wait for the next poll",
        });

    /// <summary>The streaming service, without a slash at the end; null for none.</summary>
    public Uri? Url { get; init; }

    /// <summary>Indicates whether streams are opened for projects that have real-time updates disabled.</summary>
    public bool IgnoreProjectSetting { get; init; }

    /// <summary>The maximum of the random delay between an event and the fetch. Default 0.2 s.</summary>
    public TimeSpan FetchJitter { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>The interval of polls while a stream is open; null for the usual one.</summary>
    public TimeSpan? PollInterval { get; init; }

    /// <summary>Creates the URL of an environment's stream.</summary>
    public Uri UrlOf(string clientSideKey) => new($"{Url!.AbsoluteUri.TrimEnd('/')}/sse/environments/{Uri.EscapeDataString(clientSideKey)}/stream");
}
