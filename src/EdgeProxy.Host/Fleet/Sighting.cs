namespace EdgeProxy.Host.Fleet;

/// <summary>Which of two documents the upstream returned later, to whichever member.</summary>
internal enum Sighting
{
    /// <summary>It is not known.</summary>
    Unknown,

    /// <summary>The store's document.</summary>
    StoredLater,

    /// <summary>The served document, or both about the same time.</summary>
    ServedLater,
}
