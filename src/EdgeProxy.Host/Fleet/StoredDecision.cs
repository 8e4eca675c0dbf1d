namespace EdgeProxy.Host.Fleet;

/// <summary>The decision about a document in the store, compared with the served one.</summary>
internal enum StoredDecision
{
    /// <summary>It is the same.</summary>
    Same,

    /// <summary>It replaces the served one.</summary>
    Later,

    /// <summary>The served one replaces it.</summary>
    Earlier,

    /// <summary>Neither: it is served only after it is confirmed.</summary>
    HeldBack,
}
