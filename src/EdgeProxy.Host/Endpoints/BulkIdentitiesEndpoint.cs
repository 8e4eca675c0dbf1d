using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>POST</c> and <c>PUT /api/v1/bulk-identities/</c>: a route of Flagsmith's Edge API, as the Go SDK uses it.</summary>
internal sealed class BulkIdentitiesEndpoint : PassThroughEndpoint, IEndpointDefinition
{
    public BulkIdentitiesEndpoint(IPassThrough api, TraitForwardingOptions options, LoadShedder shedder, IdentityOptions limits)
        : base(api, options, shedder, limits.MaxRequestBodyBytes)
    {
        IsAvailable = options.BulkIdentities == BulkIdentities.Always || (options.BulkIdentities == BulkIdentities.Auto && api.IsEdgeApi);
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("bulk-identities", "/api/v1/bulk-identities/", EndpointSurface.Sdk) { Methods = EndpointMethods.PostAndPut };

    /// <inheritdoc/>
    protected override string ApiPath => "bulk-identities/";

    /// <inheritdoc/>
    protected override bool IsAvailable { get; }
}
