using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Operations;

/// <summary>Options of readiness.</summary>
internal sealed record HealthCheckOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<HealthCheckOptions> Settings = new(
        new TypedSetting<HealthCheckOptions, TimeSpan?>(
            "health_check.environment_update_grace_period_seconds",
            new OptionalForm<TimeSpan>(new SecondsForm(zeroAllowed: true)),
            static o => o.EnvironmentUpdateGracePeriod,
            static (o, v) => o with { EnvironmentUpdateGracePeriod = v })
        {
            Unit = "seconds",
            Meaning = "how much longer than the poll interval an environment may go without a successful fetch before readiness fails, times the number of environments; null: without limit",
        },
        new TypedSetting<HealthCheckOptions, ReadinessRequirement>(
            "health_check.readiness", new ReadinessForm(), static o => o.Readiness, static (o, v) => o with { Readiness = v })
        {
            Meaning = "the environments that must be loaded and fresh for readiness: `\"all\"`, `\"any\"` (one is enough), or a list of names or client-side keys",
        },
        new TypedSetting<HealthCheckOptions, TimeSpan?>(
            "health_check.max_skew_seconds",
            new OptionalForm<TimeSpan>(new SecondsForm()),
            static o => o.MaxSkew,
            static (o, v) => o with { MaxSkew = v })
        {
            Unit = "seconds",
            Meaning = "how long an environment may be behind the document of the fleet's store before readiness fails, unless all other members are behind too; null: without limit",
        });

    /// <summary>
    /// The time beyond the poll interval that documents may go without a successful fetch, for each environment.
    /// Default 30 s; null: without limit.
    /// </summary>
    public TimeSpan? EnvironmentUpdateGracePeriod { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time for which an environment may be behind the fleet. Default null: without limit.</summary>
    public TimeSpan? MaxSkew { get; init; }

    /// <summary>The environments that readiness requires. Default: all.</summary>
    public ReadinessRequirement Readiness { get; init; } = ReadinessRequirement.All;
}
