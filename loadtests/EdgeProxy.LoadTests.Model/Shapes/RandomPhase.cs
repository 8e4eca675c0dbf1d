namespace EdgeProxy.LoadTests.Model.Shapes;

/// <summary>Another rate each second.</summary>
/// <param name="Least">The least requests a second.</param>
/// <param name="Most">The most.</param>
/// <param name="Duration">The duration.</param>
internal sealed record RandomPhase(int Least, int Most, TimeSpan Duration) : LoadPhase(Duration)
{
    /// <inheritdoc/>
    public override int EndRate => Most;

    /// <inheritdoc/>
    public override double MeanRate(int before) => (Least + Most) / 2.0;
}
