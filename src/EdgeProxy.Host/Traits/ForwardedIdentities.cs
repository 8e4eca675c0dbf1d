namespace EdgeProxy.Host.Traits;

/// <summary>The identities that are forwarded.</summary>
internal enum ForwardedIdentities
{
    /// <summary>Those whose request has a trait to store.</summary>
    WithTraits,

    /// <summary>All that are not transient.</summary>
    All,
}
