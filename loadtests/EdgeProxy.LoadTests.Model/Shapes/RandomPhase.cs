namespace EdgeProxy.LoadTests.Model.Shapes;

/// <summary>Another rate each second.</summary>
/// <param name="Min">The minimum of requests a second.</param>
/// <param name="Max">The maximum.</param>
/// <param name="Duration">The duration.</param>
internal sealed record RandomPhase(int Min, int Max, TimeSpan Duration) : LoadPhase(Duration)
{
    /// <inheritdoc/>
    public override int EndRate => Max;

    /// <inheritdoc/>
    public override double MeanRate(int before) => (Min + Max) / 2.0;
}
