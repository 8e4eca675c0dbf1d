using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>GET /proxy/health/liveness</c> (docs/spec/sdk-api.md 9): answers while the process does.</summary>
internal sealed class LivenessEndpoint : OpenEndpoint, IEndpointDefinition
{
    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("liveness", "/proxy/health/liveness", EndpointSurface.Health)
    {
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange) => ResponseWriter.WriteNothing(exchange, StatusCodes.Status200OK);
}
