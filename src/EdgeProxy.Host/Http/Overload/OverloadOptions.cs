using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Http.Overload;

/// <summary>Options of load shedding.</summary>
internal sealed record OverloadOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<OverloadOptions> Settings = new(
        new TypedSetting<OverloadOptions, int>(
            "limits.max_concurrent_requests", new IntegerForm(1, 10_000_000), static o => o.MaxConcurrentRequests, static (o, v) => o with { MaxConcurrentRequests = v })
        {
            Meaning = "the number of requests that may wait for the rest of their bodies at the same time; further ones get 503",
        },
        new TypedSetting<OverloadOptions, TimeSpan>(
            "limits.max_queue_delay_seconds", new SecondsForm(zeroAllowed: true), static o => o.MaxQueueDelay, static (o, v) => o with { MaxQueueDelay = v })
        {
            Unit = "seconds",
            Meaning = "the target queue delay; when it is exceeded for 200 ms, excess requests get 503; 0 disables load shedding",
        });

    /// <summary>
    /// The maximum number of requests that wait for the rest of their bodies at the same time. Default 1,000.
    /// </summary>
    public int MaxConcurrentRequests { get; init; } = 1000;

    /// <summary>The target queue delay; zero disables load shedding. Default 50 ms.</summary>
    public TimeSpan MaxQueueDelay { get; init; } = TimeSpan.FromMilliseconds(50);
}
