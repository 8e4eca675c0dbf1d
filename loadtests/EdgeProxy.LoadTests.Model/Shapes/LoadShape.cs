namespace EdgeProxy.LoadTests.Model.Shapes;

/// <summary>The load over time.</summary>
/// <param name="Phases">One after the other.</param>
internal sealed record LoadShape(IReadOnlyList<LoadPhase> Phases)
{
    private const int SpikeFactor = 5;

    /// <summary>The duration.</summary>
    public TimeSpan Duration => Phases.Aggregate(TimeSpan.Zero, static (sum, phase) => sum + phase.Duration);

    /// <summary>About how many requests it is.</summary>
    public double Requests
    {
        get
        {
            var (sum, rate) = (0.0, 0);
            foreach (var phase in Phases)
            {
                sum += phase.MeanRate(rate) * phase.Duration.TotalSeconds;
                rate = phase.EndRate;
            }

            return sum;
        }
    }

    /// <summary>The same rate all the time.</summary>
    public static LoadShape Constant(int rate, TimeSpan duration) => new([new ConstantPhase(rate, duration)]);

    /// <summary>From nothing up to the rate, a while there, and down to a tenth.</summary>
    public static LoadShape Ramp(int rate, TimeSpan duration) => new(
    [
        new RampPhase(rate, Part(duration, 0.5)),
        new ConstantPhase(rate, Part(duration, 0.3)),
        new RampPhase(AtLeastOne(rate * 0.1), Rest(duration, 0.5, 0.3)),
    ]);

    /// <summary>Up to the rate, and around it for the rest of the time.</summary>
    public static LoadShape Soak(int rate, TimeSpan duration) => new(
    [
        new RampPhase(rate, Part(duration, 0.05)),
        new RandomPhase(AtLeastOne(rate * 0.8), AtLeastOne(rate * 1.2), Rest(duration, 0.05)),
    ]);

    /// <summary>The rate, five times as much at once, nothing, and the rate again as if nothing had been.</summary>
    public static LoadShape Spike(int rate, TimeSpan duration) => new(
    [
        new ConstantPhase(rate, Part(duration, 0.3)),
        new ConstantPhase(SpikeFactor * rate, Part(duration, 0.2)),
        new QuietPhase(Part(duration, 0.1)),
        new ConstantPhase(rate, Rest(duration, 0.3, 0.2, 0.1)),
    ]);

    private static TimeSpan Part(TimeSpan duration, double share) =>
        TimeSpan.FromSeconds(Math.Max(1, Math.Floor(duration.TotalSeconds * share)));

    private static TimeSpan Rest(TimeSpan duration, params ReadOnlySpan<double> shares)
    {
        var rest = duration;
        foreach (var share in shares)
        {
            rest -= Part(duration, share);
        }

        return rest;
    }

    private static int AtLeastOne(double rate) => Math.Max(1, (int)Math.Round(rate));
}
