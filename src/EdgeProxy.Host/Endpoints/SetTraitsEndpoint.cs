using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Http.Traits;
using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>PUT /api/v1/traits/bulk/</c> (docs/spec/traits.md 1.3): traits of several identities. Not for SDKs, so it may allocate.</summary>
internal sealed class SetTraitsEndpoint : TraitEndpoint, IEndpointDefinition
{
    private const int MaxTraits = 1000;

    public SetTraitsEndpoint(TraitIntake intake, LoadShedder shedder, IdentityOptions limits)
        : base(intake, shedder, limits.MaxRequestBodyBytes)
    {
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("traits-bulk", "/api/v1/traits/bulk/", EndpointSurface.Sdk) { Methods = EndpointMethods.Put };

    /// <inheritdoc/>
    protected override Task Answer(Exchange exchange, EnvironmentSnapshot snapshot, FlagAudience audience, ReadOnlySpan<byte> body)
    {
        var traits = new List<TraitWrite>();
        if (!TraitWriteReader.TryReadAll(body, traits, MaxTraits) || traits.Exists(static trait => trait.IsIncomplete))
        {
            return TraitAnswers.InvalidArray(exchange);
        }

        if (traits.FindIndex(static trait => !trait.IsValid) is >= 0 and var invalid)
        {
            return TraitAnswers.Invalid(exchange, traits[invalid]);
        }

        if (!MaySetTraits(snapshot, audience))
        {
            return TraitAnswers.ClientMayNot(exchange, isBulk: true);
        }

        foreach (var trait in traits)
        {
            Take(exchange, snapshot, audience, body, in trait);
        }

        return TraitAnswers.Taken(exchange, body, traits);
    }
}
