using Microsoft.Extensions.ObjectPool;

namespace EdgeProxy.Host.Http.Identities;

/// <summary>How the requests in the pool are made and come back.</summary>
internal sealed class IdentityRequestPolicy : IPooledObjectPolicy<IdentityRequest>
{
    /// <inheritdoc/>
    public IdentityRequest Create() => new();

    /// <inheritdoc/>
    public bool Return(IdentityRequest obj) => obj.TryReset();
}
