namespace EdgeProxy.Comparison.Measurements;

/// <summary>How thoroughly to measure.</summary>
internal sealed record ComparisonSettings
{
    /// <summary>How often each server has its turn.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>How long a turn is.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long load is sent to each server before the first turn.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How many connections ask at a time.</summary>
    public int Connections { get; init; } = 16;
}
