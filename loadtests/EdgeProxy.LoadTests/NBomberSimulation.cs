using EdgeProxy.LoadTests.Model.Shapes;
using NBomber.Contracts;
using NBomber.CSharp;

namespace EdgeProxy.LoadTests;

/// <summary>Phases as NBomber's simulations: all of them inject requests, whether or not those before were answered.</summary>
internal static class NBomberSimulation
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>The simulation of a phase.</summary>
    public static LoadSimulation Of(LoadPhase phase) => phase switch
    {
        ConstantPhase constant => Simulation.Inject(rate: constant.Rate, interval: Second, during: constant.Duration),
        RampPhase ramp => Simulation.RampingInject(rate: ramp.Rate, interval: Second, during: ramp.Duration),
        RandomPhase random => Simulation.InjectRandom(minRate: random.Min, maxRate: random.Max, interval: Second, during: random.Duration),
        _ => Simulation.Pause(during: phase.Duration),
    };
}
