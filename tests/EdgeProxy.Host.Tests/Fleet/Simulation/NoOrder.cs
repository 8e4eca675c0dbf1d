using EdgeProxy.Host.Fleet;

namespace EdgeProxy.Host.Tests.Fleet.Simulation;

/// <summary>A deliberate fault: whatever the store has counts as later.</summary>
internal sealed class NoOrder : IVersionOrder
{
    /// <inheritdoc/>
    public StoredDecision Decide(SeenVersion stored, SeenVersion? served, bool wasReplaced) =>
        stored.Version.Revision == served?.Version.Revision ? StoredDecision.Same : StoredDecision.Later;
}
