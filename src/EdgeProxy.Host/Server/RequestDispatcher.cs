using EdgeProxy.Host.Endpoints;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Operations;

namespace EdgeProxy.Host.Server;

/// <summary>
/// Passes a request to its endpoint, or rejects it:
/// <list type="number">
/// <item>CORS: a preflight is answered, any other request gets its headers;</item>
/// <item>the path must be known, and the endpoint must accept the method;</item>
/// <item>under overload, requests of endpoints that allow it are rejected, before anything expensive;</item>
/// <item>the sender must be authorized: by the key of an environment that is loaded, or as an operator;</item>
/// <item>the endpoint answers.</item>
/// </list>
/// Nothing here is asynchronous: only the task of an endpoint may wait.
/// </summary>
internal sealed class RequestDispatcher
{
    private readonly EnvironmentRegistry _registry;
    private readonly CorsPolicy _cors;
    private readonly OperatorAccess _operators;
    private readonly ShutdownPhase _shutdown;
    private readonly LoadShedder _shedder;
    private readonly MistypedPaths _mistyped;
    private readonly RevisionOptions _revision;

    public RequestDispatcher(
        EnvironmentRegistry registry, CorsPolicy cors, OperatorAccess operators, ShutdownPhase shutdown, LoadShedder shedder, MistypedPaths mistyped,
        RevisionOptions revision)
    {
        _revision = revision;
        _registry = registry;
        _cors = cors;
        _operators = operators;
        _shutdown = shutdown;
        _shedder = shedder;
        _mistyped = mistyped;
    }

    /// <summary>Answers a request.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="route">The endpoint of the path; null if it is unknown.</param>
    public Task DispatchAsync(Exchange exchange, EndpointRoute? route)
    {
        var definition = exchange.Route;
        if (_shutdown.IsClosing && definition.Drain != DrainRule.KeepConnection)
        {
            exchange.AskToReconnect();
        }

        exchange.ResponseHeaders.XContentTypeOptions = SdkHeaders.NoSniff;
        if (exchange.HasAmbiguousFraming)
        {
            _cors.Apply(exchange);
            exchange.AskToReconnect();
            return SdkErrors.BadRequest(exchange, StatusCodes.Status400BadRequest);
        }

        // 1
        if (CorsPolicy.IsPreflight(exchange))
        {
            exchange.Endpoint = EndpointDefinition.Preflight;
            return _cors.AnswerPreflight(exchange);
        }

        _cors.Apply(exchange);

        // 2
        if (route is null)
        {
            return _mistyped.AnswerAsync(exchange);
        }

        if (!definition.Methods.Contains(exchange.Method))
        {
            return SdkErrors.MethodNotAllowed(exchange, definition.Methods.Allow);
        }

        // 3
        if (_shedder.IsShedding && definition.Overload == OverloadRule.Reject && _shedder.ShouldReject(exchange.LatestEnvironment ?? EnvironmentOf(exchange), OfrepPaths.IsRefetch(exchange)))
        {
            return _shedder.Refuse(exchange);
        }

        // 4, 5
        return route.Handler switch
        {
            EnvironmentEndpoint endpoint => AnswerSdk(exchange, endpoint),
            KeyedEndpoint endpoint => AnswerKeyed(exchange, endpoint),
            OperatorEndpoint endpoint => _operators.Allows(exchange)
                ? endpoint.AnswerAsync(exchange)
                : SdkErrors.OperatorsOnly(exchange, _operators.IsTokenConfigured),
            var endpoint => ((OpenEndpoint)endpoint).AnswerAsync(exchange),
        };
    }

    private EnvironmentState? EnvironmentOf(Exchange exchange) =>
        _registry.Find(EnvironmentKeys.Of(exchange))?.Environment;

    private Task AnswerKeyed(Exchange exchange, KeyedEndpoint endpoint)
    {
        var key = EnvironmentKeys.Of(exchange);
        if (_registry.Find(key) is not { } binding)
        {
            return endpoint.RejectKey(exchange, key);
        }

        exchange.Environment = binding.Environment;
        return endpoint.AnswerAsync(exchange, binding);
    }

    private Task AnswerSdk(Exchange exchange, EnvironmentEndpoint endpoint)
    {
        var key = EnvironmentKeys.Of(exchange);
        if (_registry.Find(key) is not { } binding)
        {
            return SdkErrors.UnknownKey(exchange, key);
        }

        exchange.Environment = binding.Environment;
        if (binding.Environment.Current is not { } environment)
        {
            return SdkErrors.NotLoaded(exchange);
        }

        DocumentHeaders.Set(exchange, environment.Document, _revision);
        if (exchange.Route.Usage is { } usage)
        {
            binding.Environment.Usage?.Count(usage);
        }

        return endpoint.AnswerAsync(exchange, environment, binding.Audience);
    }
}
