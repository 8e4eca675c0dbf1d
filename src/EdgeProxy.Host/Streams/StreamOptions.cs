using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Streams;

/// <summary>Options of event streams.</summary>
internal sealed record StreamOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<StreamOptions> Settings = new(
        new TypedSetting<StreamOptions, bool>("realtime.serve", new BooleanForm(), static o => o.Serve, static (o, v) => o with { Serve = v })
        {
            Meaning = "answer `GET /sse/environments/<client-side key>/stream`, Flagsmith's real-time stream: SDKs with real-time updates learn of a change when it is served here. Costs nothing while unused; false: the path is 404",
        },
        new TypedSetting<StreamOptions, TimeSpan>(
            "realtime.max_stream_age_seconds", new SecondsForm(zeroAllowed: true), static o => o.MaxRealtimeAge, static (o, v) => o with { MaxRealtimeAge = v })
        {
            Unit = "seconds",
            Meaning = "how long a real-time stream lasts, 10 % more or less at random; clients reconnect by themselves. The Ruby SDK reads a stream only when it has ended, so that this is its delay; without it, 300 is better for thousands of streams. 0: without end, so that streams stay where they are when instances are added",
        },
        new TypedSetting<StreamOptions, int?>(
            "limits.max_streams", new OptionalForm<int>(new IntegerForm(1, 10_000_000)), static o => o.MaxStreams, static (o, v) => o with { MaxStreams = v })
        {
            Meaning = "the largest number of open event streams of all kinds; further ones get 503. null: half of `limits.max_connections`, so that streams never take the connections of requests",
        });

    /// <summary>Indicates whether real-time streams are served. Default true.</summary>
    public bool Serve { get; init; } = true;

    /// <summary>The maximum age of a real-time stream; zero for no end. Default 30 s, as Flagsmith's service has it.</summary>
    public TimeSpan MaxRealtimeAge { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The maximum number of open streams; null for half of the connections.</summary>
    public int? MaxStreams { get; init; }
}
