namespace EdgeProxy.LoadTests.Model.Shapes;

/// <summary>No requests.</summary>
/// <param name="Duration">The duration.</param>
internal sealed record QuietPhase(TimeSpan Duration) : LoadPhase(Duration)
{
    /// <inheritdoc/>
    public override int EndRate => 0;

    /// <inheritdoc/>
    public override double MeanRate(int before) => 0;
}
