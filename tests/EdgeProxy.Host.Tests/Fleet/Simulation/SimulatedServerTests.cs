namespace EdgeProxy.Host.Tests.Fleet.Simulation;

/// <summary>The simulated server decides as a real one does.</summary>
public sealed class SimulatedServerTests : FleetStoreContract
{
    public SimulatedServerTests()
        : base(new SimulatedServer(TimeProvider.System))
    {
    }
}
