namespace EdgeProxy.Host.Metrics;

/// <summary>The reason why a document of the fleet's store is not served.</summary>
internal enum PayloadRefusal
{
    /// <summary>It cannot be decrypted: it was changed, truncated, or encrypted with another key.</summary>
    Sealed,

    /// <summary>It is not an environment document, or lacks too many features.</summary>
    Rejected,

    /// <summary>It is earlier than what is served.</summary>
    HeldBack,
}
