using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Operations;

/// <summary>Options of the shutdown.</summary>
internal sealed record ShutdownOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<ShutdownOptions> Settings = new(
        new TypedSetting<ShutdownOptions, TimeSpan>(
            "server.shutdown_delay_seconds", new SecondsForm(zeroAllowed: true), static o => o.Delay, static (o, v) => o with { Delay = v })
        {
            Unit = "seconds",
            Meaning = "how long requests are still accepted after a stop was requested, while readiness answers 503; in the second half of that time each answer asks its client to reconnect",
        },
        new TypedSetting<ShutdownOptions, TimeSpan>("server.shutdown_timeout_seconds", new SecondsForm(), static o => o.Timeout, static (o, v) => o with { Timeout = v })
        {
            Unit = "seconds",
            Meaning = "how long running requests, and other unfinished work, may take after that",
        });

    /// <summary>
    /// The time for which requests are still accepted after shutdown was requested, so that load balancers notice that the proxy is not
    /// ready. Default 5 s.
    /// </summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The time that running requests and other unfinished work have after that. Default 15 s; greater than 0.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);
}
