using EdgeProxy.Host.Http;
using EdgeProxy.Host.Operations;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>GET /proxy/environments</c>: the state and freshness of every environment, for people and dashboards.</summary>
internal sealed class EnvironmentsEndpoint : OperatorEndpoint, IEndpointDefinition
{
    private readonly EnvironmentListing _listing;

    public EnvironmentsEndpoint(EnvironmentListing listing)
    {
        _listing = listing;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("environments", "/proxy/environments", EndpointSurface.Operators)
    {
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange) => ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("environments"u8);
        _listing.Write(writer);
        writer.WriteEndObject();
    });
}
