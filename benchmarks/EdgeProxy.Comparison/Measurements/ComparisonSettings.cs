namespace EdgeProxy.Comparison.Measurements;

/// <summary>The settings of measurements.</summary>
internal sealed record ComparisonSettings
{
    /// <summary>The number of turns of each server.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>The length of a turn.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The duration of load for each server before the first turn.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The number of concurrent connections.</summary>
    public int Connections { get; init; } = 16;
}
