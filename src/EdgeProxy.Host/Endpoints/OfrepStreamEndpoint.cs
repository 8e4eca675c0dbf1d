using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Ofrep;
using EdgeProxy.Host.Streams;

namespace EdgeProxy.Host.Endpoints;

/// <summary>
/// <c>GET /ofrep/v1/events?environment=&lt;client-side key&gt;</c> (docs/spec/ofrep.md 11): pages learn that flags changed.
/// </summary>
internal sealed class OfrepStreamEndpoint : OpenEndpoint, IEndpointDefinition
{
    private readonly OfrepOptions _options;
    private readonly OfrepFormat _format;
    private readonly StreamHub _hub;
    private readonly EnvironmentRegistry _registry;

    public OfrepStreamEndpoint(OfrepOptions options, StreamHub hub, EnvironmentRegistry registry)
    {
        _options = options;
        _format = new OfrepFormat(options);
        _hub = hub;
        _registry = registry;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("ofrep_events", OfrepPaths.Events, EndpointSurface.Sdk)
    {
        Methods = EndpointMethods.GetOnly,
        Protocol = ApiProtocol.Ofrep,
        Overload = OverloadRule.Answer,
        Drain = DrainRule.EndStream,
    };

    /// <inheritdoc/>
    public override bool IsEnabled => _options.IsEnabled && _options.EventStreams != EventStreamOffer.Never;

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange)
    {
        if (Find(exchange.QueryString) is not { } environment)
        {
            return SdkErrors.UnknownKey(exchange, default);
        }

        exchange.Environment = environment;
        return _hub.OpenAsync(exchange, environment, _format);
    }

    /// <summary>Finds the environment of the key in the query, which anybody may read: a server-side key is not accepted there.</summary>
    private EnvironmentState? Find(string query) =>
        _registry.Find(QueryText.FindText(query, OfrepPaths.EnvironmentParameter)) is { Audience: FlagAudience.Client } binding ? binding.Environment : null;
}
