namespace EdgeProxy.Host.Fleet;

/// <summary>The one of two documents that the upstream returned later, to any member.</summary>
internal enum Sighting
{
    /// <summary>Nothing is known.</summary>
    Unknown,

    /// <summary>The store's document.</summary>
    StoredLater,

    /// <summary>The served document: the upstream was asked for it after it last returned the store's document.</summary>
    ServedLater,

    /// <summary>Both about the same time.</summary>
    Overlapping,
}
