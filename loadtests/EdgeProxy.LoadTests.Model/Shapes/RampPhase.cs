namespace EdgeProxy.LoadTests.Model.Shapes;

/// <summary>From the rate before, or none, steadily to another.</summary>
/// <param name="Rate">Requests a second at the end.</param>
/// <param name="Duration">The duration.</param>
internal sealed record RampPhase(int Rate, TimeSpan Duration) : LoadPhase(Duration)
{
    /// <inheritdoc/>
    public override int EndRate => Rate;

    /// <inheritdoc/>
    public override double MeanRate(int before) => (before + Rate) / 2.0;
}
