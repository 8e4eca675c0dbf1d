namespace EdgeProxy.Host.Fleet;

/// <summary>How a document in the store relates to the one that is served.</summary>
internal enum StoredDecision
{
    /// <summary>It is the same.</summary>
    Same,

    /// <summary>It is to be served.</summary>
    Later,

    /// <summary>It is to be replaced by the served one.</summary>
    Earlier,

    /// <summary>Neither: it is served only after it was confirmed.</summary>
    HeldBack,
}
