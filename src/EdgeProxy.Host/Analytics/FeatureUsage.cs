namespace EdgeProxy.Host.Analytics;

/// <summary>The evaluations of a feature since the proxy started.</summary>
internal sealed class FeatureUsage
{
    /// <summary>The number of evaluations.</summary>
    public long Evaluations { get; set; }

    /// <summary>The time when an evaluation was last counted.</summary>
    public DateTimeOffset Latest { get; set; }
}
