namespace EdgeProxy.Host.Environments;

/// <summary>The decision about a document that differs from the served one.</summary>
internal enum HoldDecision
{
    /// <summary>It is not older: it may replace the served one.</summary>
    Newer,

    /// <summary>It is older, and not confirmed: the served one stays.</summary>
    HeldBack,

    /// <summary>It is older, and came often enough to be a rollback: it may replace the served one.</summary>
    Rollback,
}
