namespace EdgeProxy.Host.Fleet;

/// <summary>Decides what becomes of a document in the store.</summary>
internal interface IVersionOrder
{
    /// <summary>Compares the store's document with the one that is served.</summary>
    /// <param name="stored">The version in the store.</param>
    /// <param name="served">The version that is served; null if none is.</param>
    /// <param name="isDoubtful">
    /// True if the stored revision was served and replaced recently, or the served one was seen later, so that it has to be
    /// later by its time of change.
    /// </param>
    StoredDecision Decide(FleetVersion stored, FleetVersion? served, bool isDoubtful);
}
