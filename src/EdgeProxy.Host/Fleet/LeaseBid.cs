namespace EdgeProxy.Host.Fleet;

/// <summary>The bid for a lease, sent with a look.</summary>
/// <param name="Token">The token of the lease that is held and renewed, or of the one to take; null for no bid.</param>
/// <param name="IsNew">True to take the lease if it is free.</param>
internal readonly record struct LeaseBid(string? Token, bool IsNew)
{
    /// <summary>The time for which a lease is given.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    /// <summary>No bid.</summary>
    public static readonly LeaseBid None = new(null, IsNew: false);
}
