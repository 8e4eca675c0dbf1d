using Microsoft.Extensions.ObjectPool;

namespace EdgeProxy.Host.Http.Identities;

/// <summary>Creates and recycles pooled requests.</summary>
internal sealed class IdentityRequestPolicy : IPooledObjectPolicy<IdentityRequest>
{
    /// <inheritdoc/>
    public IdentityRequest Create() => new();

    /// <inheritdoc/>
    public bool Return(IdentityRequest obj) => obj.TryReset();
}
