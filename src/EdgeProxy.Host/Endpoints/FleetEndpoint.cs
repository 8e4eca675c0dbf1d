using EdgeProxy.Host.Http;
using EdgeProxy.Host.Operations;

namespace EdgeProxy.Host.Endpoints;

/// <summary>
/// <c>GET /proxy/fleet</c> (docs/spec/fleet.md 5.1): store, members, and the members that are behind. The only request that
/// waits for the store, for its timeout at most.
/// </summary>
internal sealed class FleetEndpoint : OperatorEndpoint, IEndpointDefinition
{
    private readonly FleetListing _listing;

    public FleetEndpoint(FleetListing listing)
    {
        _listing = listing;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("fleet", "/proxy/fleet", EndpointSurface.Operators)
    {
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    public override async Task AnswerAsync(Exchange exchange)
    {
        var members = await _listing.ReadMembersAsync(CancellationToken.None);
        await ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, writer => _listing.Write(writer, members));
    }
}
