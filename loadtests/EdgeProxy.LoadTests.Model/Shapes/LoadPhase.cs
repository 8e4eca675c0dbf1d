namespace EdgeProxy.LoadTests.Model.Shapes;

/// <summary>A stretch of load. Requests arrive at a rate whether or not those before them were answered.</summary>
/// <param name="Duration">Whole seconds: generators know no finer ones.</param>
internal abstract record LoadPhase(TimeSpan Duration)
{
    /// <summary>Requests a second at its end.</summary>
    public abstract int EndRate { get; }

    /// <summary>Requests a second on average.</summary>
    /// <param name="before">The rate at the end of the phase before, which a ramp starts from.</param>
    public abstract double MeanRate(int before);
}
