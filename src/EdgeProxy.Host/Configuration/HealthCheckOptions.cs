namespace EdgeProxy.Host.Configuration;

/// <summary>When the proxy counts as ready.</summary>
internal sealed record HealthCheckOptions
{
    /// <summary>
    /// How much longer than the poll interval documents may go without a successful fetch, for each environment.
    /// Default 30 s; null: for ever.
    /// </summary>
    public TimeSpan? EnvironmentUpdateGracePeriod { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Which environments that is asked of. Default: all.</summary>
    public ReadinessRequirement Readiness { get; init; } = ReadinessRequirement.All;
}
