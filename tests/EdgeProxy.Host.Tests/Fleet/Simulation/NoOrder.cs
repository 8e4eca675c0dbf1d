using EdgeProxy.Host.Fleet;

namespace EdgeProxy.Host.Tests.Fleet.Simulation;

/// <summary>A deliberate fault: whatever the store has counts as later.</summary>
internal sealed class NoOrder : IVersionOrder
{
    /// <inheritdoc/>
    public StoredDecision Decide(FleetVersion stored, FleetVersion? served, bool wasReplaced, Sighting sighting) =>
        stored.Revision == served?.Revision ? StoredDecision.Same : StoredDecision.Later;
}
