using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>POST /api/v1/traits/increment-value/</c>: needs the stored value, which the API alone has.</summary>
internal sealed class IncrementTraitEndpoint : PassThroughEndpoint, IEndpointDefinition
{
    public IncrementTraitEndpoint(IPassThrough api, TraitForwardingOptions options, LoadShedder shedder, IdentityOptions limits)
        : base(api, options, shedder, limits.MaxRequestBodyBytes)
    {
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("traits-increment", "/api/v1/traits/increment-value/", EndpointSurface.Sdk) { Methods = EndpointMethods.Post };

    /// <inheritdoc/>
    protected override string ApiPath => "traits/increment-value/";
}
