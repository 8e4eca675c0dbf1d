namespace EdgeProxy.Host.Fleet;

/// <summary>The outcome of a write.</summary>
internal enum WriteOutcome
{
    /// <summary>It is written.</summary>
    Written,

    /// <summary>The store has the same revision already.</summary>
    Same,

    /// <summary>The store has a document that it does not replace.</summary>
    Refused,
}
