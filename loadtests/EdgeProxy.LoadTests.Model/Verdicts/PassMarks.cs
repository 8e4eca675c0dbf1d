namespace EdgeProxy.LoadTests.Model.Verdicts;

/// <summary>The targets of a run, for each kind of request in each plan.</summary>
internal sealed record PassMarks
{
    /// <summary>The most requests that may fail, in percent.</summary>
    public double MaxFailedPercent { get; init; }

    /// <summary>The most that 99 of 100 requests may take.</summary>
    public TimeSpan MaxPercentile99 { get; init; } = TimeSpan.FromMilliseconds(250);
}
