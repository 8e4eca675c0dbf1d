namespace EdgeProxy.LoadTests.Model.Shapes;

/// <summary>The same rate all the time.</summary>
/// <param name="Rate">Requests a second.</param>
/// <param name="Duration">The duration.</param>
internal sealed record ConstantPhase(int Rate, TimeSpan Duration) : LoadPhase(Duration)
{
    /// <inheritdoc/>
    public override int EndRate => Rate;

    /// <inheritdoc/>
    public override double MeanRate(int before) => Rate;
}
