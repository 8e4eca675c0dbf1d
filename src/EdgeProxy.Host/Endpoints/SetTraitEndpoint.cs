using System.Text.Json;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Http.Traits;
using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>POST /api/v1/traits/</c> (docs/spec/traits.md 1.2): one trait of one identity, as iOS and Flutter send it.</summary>
internal sealed class SetTraitEndpoint : TraitEndpoint, IEndpointDefinition
{
    public SetTraitEndpoint(TraitIntake intake, LoadShedder shedder, IdentityOptions limits)
        : base(intake, shedder, limits.MaxRequestBodyBytes)
    {
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("traits", "/api/v1/traits/", EndpointSurface.Sdk) { Methods = EndpointMethods.Post };

    /// <inheritdoc/>
    protected override Task Answer(Exchange exchange, EnvironmentSnapshot snapshot, FlagAudience audience, ReadOnlySpan<byte> body)
    {
        var type = TraitWriteReader.ReadOne(body, out var trait);
        if (type != JsonTokenType.StartObject)
        {
            return TraitAnswers.InvalidBody(exchange, isJson: type != JsonTokenType.None);
        }

        if (!trait.IsValid)
        {
            return TraitAnswers.Invalid(exchange, in trait);
        }

        if (!MaySetTraits(snapshot, audience))
        {
            return TraitAnswers.ClientMayNot(exchange, isBulk: false);
        }

        Take(exchange, snapshot, audience, body, in trait);
        return TraitAnswers.Taken(exchange, body, in trait);
    }
}
