namespace EdgeProxy.Host.Fleet;

/// <summary>Decides about a document in the store.</summary>
internal interface IVersionOrder
{
    /// <summary>Compares the store's document with the one that is served.</summary>
    /// <param name="stored">The document in the store.</param>
    /// <param name="served">The document that is served; null if none is.</param>
    /// <param name="wasReplaced">True if the stored revision was served and replaced recently.</param>
    StoredDecision Decide(SeenVersion stored, SeenVersion? served, bool wasReplaced);
}
