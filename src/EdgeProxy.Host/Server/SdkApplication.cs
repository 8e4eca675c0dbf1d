using EdgeProxy.Host.Endpoints;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.AccessLogging;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Operations;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace EdgeProxy.Host.Server;

/// <summary>
/// The whole way of a request: terminal, the only middleware there is.
/// <list type="number">
/// <item>CORS: a preflight is answered, any other request gets its headers;</item>
/// <item>the path decides the endpoint, and the endpoint the methods;</item>
/// <item>health needs no key, nor does what operators look at; of anything else some is turned away under overload, and for the rest the key decides the environment and the audience;</item>
/// <item>the environment's current version is read, once: the request sees no other;</item>
/// <item>the endpoint answers.</item>
/// </list>
/// Nothing here is asynchronous: where something really waits, the endpoint's task does.
/// </summary>
internal sealed partial class SdkApplication : IHttpApplication<Exchange>
{
    private readonly EnvironmentRegistry _registry;
    private readonly CorsPolicy _cors;
    private readonly IdentitiesEndpoint _identities;
    private readonly HealthEndpoint _health;
    private readonly EnvironmentsEndpoint _environments;
    private readonly MetricsEndpoint _metrics;
    private readonly OperatorAccess _operators;
    private readonly RequestRecorder _recorder;
    private readonly ShutdownPhase _shutdown;
    private readonly LoadShedder _shedder;
    private readonly AccessLog _accessLog;
    private readonly ILogger<SdkApplication> _logger;

    public SdkApplication(
        EnvironmentRegistry registry,
        CorsPolicy cors,
        IdentitiesEndpoint identities,
        HealthEndpoint health,
        EnvironmentsEndpoint environments,
        MetricsEndpoint metrics,
        OperatorAccess operators,
        RequestRecorder recorder,
        ShutdownPhase shutdown,
        LoadShedder shedder,
        AccessLog accessLog,
        ILogger<SdkApplication> logger)
    {
        _registry = registry;
        _cors = cors;
        _identities = identities;
        _health = health;
        _environments = environments;
        _metrics = metrics;
        _operators = operators;
        _recorder = recorder;
        _shutdown = shutdown;
        _shedder = shedder;
        _accessLog = accessLog;
        _logger = logger;
    }

    /// <inheritdoc/>
    public Exchange CreateContext(IFeatureCollection contextFeatures)
    {
        // What the server keeps for a connection, it lets the application keep something with.
        if (contextFeatures is not IHostContextContainer<Exchange> container)
        {
            return new Exchange(contextFeatures);
        }

        return container.HostContext ??= new Exchange(contextFeatures);
    }

    /// <inheritdoc/>
    public void DisposeContext(Exchange context, Exception? exception)
    {
        // The server calls this when the answer is on its way. There is nothing to give back: it goes with the connection.
        _recorder.End(context);
    }

    /// <summary>Answers a request.</summary>
    public Task ProcessRequestAsync(Exchange exchange)
    {
        _recorder.Begin(exchange);
        return _accessLog.IsOn ? _accessLog.Follow(exchange, TakeTurn(exchange)) : TakeTurn(exchange);
    }

    private Task TakeTurn(Exchange exchange) =>
        ConnectionFairness.ShouldYield(exchange.Connection) ? ProcessLaterAsync(exchange) : Process(exchange);

    /// <summary>The way of a request, on this thread; what is thrown on it becomes an answer.</summary>
    internal Task Process(Exchange exchange)
    {
        try
        {
            var task = Dispatch(exchange);
            return task.IsCompletedSuccessfully ? Task.CompletedTask : GuardAsync(exchange, task);
        }
        catch (Exception exception)
        {
            return FailAsync(exchange, exception);
        }
    }

    private Task Dispatch(Exchange exchange)
    {
        if (_shutdown.IsClosing)
        {
            exchange.AskToReconnect();
        }

        exchange.ResponseHeaders.XContentTypeOptions = SdkHeaders.NoSniff;
        if (exchange.HasAmbiguousFraming)
        {
            exchange.AskToReconnect();
            return SdkErrors.BadRequest(exchange, StatusCodes.Status400BadRequest);
        }

        // 1
        if (CorsPolicy.IsPreflight(exchange))
        {
            exchange.Endpoint = SdkEndpoint.Preflight;
            return _cors.AnswerPreflight(exchange);
        }

        _cors.Apply(exchange);

        // 2
        var endpoint = _operators.Admit(exchange, _metrics.Admit(exchange, SdkRoutes.Find(exchange.Path)));
        exchange.Endpoint = endpoint;
        if (endpoint == SdkEndpoint.None)
        {
            return SdkErrors.NotFound(exchange);
        }

        if (!SdkRoutes.Takes(endpoint, exchange.Method))
        {
            return SdkErrors.MethodNotAllowed(exchange, SdkRoutes.Allowed(endpoint));
        }

        // 3
        switch (endpoint)
        {
            case SdkEndpoint.Readiness:
                return _health.AnswerReadiness(exchange);
            case SdkEndpoint.Environments:
                return _environments.Answer(exchange);
            case SdkEndpoint.Liveness:
                return HealthEndpoint.AnswerLiveness(exchange);
            case SdkEndpoint.Metrics:
                return _metrics.AnswerAsync(exchange);
        }

        if (_shedder.IsShedding && _shedder.ShouldReject(exchange.LatestEnvironment ?? EnvironmentOf(exchange)))
        {
            return _shedder.Refuse(exchange);
        }

        var key = exchange.RequestHeaders[SdkHeaders.EnvironmentKey].ToString();
        if (_registry.Find(key) is not { } binding)
        {
            return SdkErrors.UnknownKey(exchange, key);
        }

        exchange.Environment = binding.Environment;

        // 4
        if (binding.Environment.Current is not { } environment)
        {
            return SdkErrors.NotLoaded(exchange);
        }

        if (environment.Document.UpdatedAtHeader.Count > 0)
        {
            exchange.ResponseHeaders[SdkHeaders.DocumentUpdatedAt] = environment.Document.UpdatedAtHeader;
        }

        binding.Environment.Usage?.Count(endpoint);

        // 5
        return endpoint switch
        {
            SdkEndpoint.Flags => FlagsEndpoint.Answer(exchange, environment, binding.Audience),
            SdkEndpoint.Identities => _identities.Answer(exchange, environment, binding.Audience),
            _ => EnvironmentDocumentEndpoint.Answer(exchange, environment.Document, binding.Audience),
        };
    }

    private EnvironmentState? EnvironmentOf(Exchange exchange) =>
        _registry.Find(exchange.RequestHeaders[SdkHeaders.EnvironmentKey].ToString())?.Environment;

    private async Task ProcessLaterAsync(Exchange exchange)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // on the thread pool
        await Process(exchange);
    }

    private async Task GuardAsync(Exchange exchange, Task task)
    {
        exchange.HasWaited = true;
        try
        {
            await task;
        }
        catch (Exception exception)
        {
            await FailAsync(exchange, exception);
        }
    }

    /// <summary>Nothing of an exception reaches a client.</summary>
    private Task FailAsync(Exchange exchange, Exception exception)
    {
        // An IOException is the other way in which Kestrel says that a body is malformed: a chunk of more than 2 GB.
        if (exception is BadHttpRequestException or IOException and not ConnectionResetException)
        {
            // Kestrel found out while the body was read that it is malformed, too slow, or not all there because the client is
            // gone. Where the next request starts nobody knows, and unless this is the last Kestrel looks for it all the same.
            exchange.AskToReconnect();
            return Answer(exchange, (exception as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest);
        }

        if (exchange.Aborted.IsCancellationRequested || exception is ConnectionResetException or OperationCanceledException)
        {
            // The client is gone; a read may be the first to learn of it. Without this Kestrel reads on for the rest of the body.
            exchange.Abort();
            return Task.CompletedTask;
        }

        Log.Failed(_logger, exception, exchange.Method, SdkRoutes.Find(exchange.Path));
        return Answer(exchange, StatusCodes.Status500InternalServerError);
    }

    private static Task Answer(Exchange exchange, int status)
    {
        if (exchange.HasStarted)
        {
            exchange.Abort();
            return Task.CompletedTask;
        }

        exchange.ResponseHeaders.Remove(HeaderNames.ContentEncoding);
        return status == StatusCodes.Status500InternalServerError
            ? SdkErrors.InternalError(exchange)
            : SdkErrors.BadRequest(exchange, status);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.RequestFailed, LogLevel.Error, "{Method} {Endpoint} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string method, SdkEndpoint endpoint);
    }
}
