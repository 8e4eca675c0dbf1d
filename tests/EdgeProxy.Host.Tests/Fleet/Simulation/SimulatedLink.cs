namespace EdgeProxy.Host.Tests.Fleet.Simulation;

/// <summary>The connection of one member with one server.</summary>
internal sealed class SimulatedLink
{
    /// <summary>Indicates whether nothing passes.</summary>
    public bool IsCut { get; set; }
}
