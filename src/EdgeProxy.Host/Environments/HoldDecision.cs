namespace EdgeProxy.Host.Environments;

/// <summary>The decision about a document that differs from the current one.</summary>
internal enum HoldDecision
{
    /// <summary>Not older: it may replace the current one.</summary>
    Newer,

    /// <summary>Older and not confirmed: the current one stays.</summary>
    HeldBack,

    /// <summary>Older and confirmed as a rollback: it may replace the current one.</summary>
    Rollback,
}
