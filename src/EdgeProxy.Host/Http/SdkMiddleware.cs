using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http.Endpoints;
using EdgeProxy.Host.Operations;
using Microsoft.Net.Http.Headers;

namespace EdgeProxy.Host.Http;

/// <summary>
/// The whole way of a request: terminal, the only middleware there is.
/// <list type="number">
/// <item>CORS: a preflight is answered, any other request gets its headers;</item>
/// <item>the path decides the endpoint, and the endpoint the methods;</item>
/// <item>health needs no key; for anything else the key decides the environment and the audience;</item>
/// <item>the environment's current version is read, once: the request sees no other;</item>
/// <item>the endpoint answers.</item>
/// </list>
/// Nothing here is asynchronous: where something really waits, the endpoint's task does.
/// </summary>
internal sealed partial class SdkMiddleware
{
    private readonly EnvironmentRegistry _registry;
    private readonly CorsPolicy _cors;
    private readonly IdentitiesEndpoint _identities;
    private readonly HealthEndpoint _health;
    private readonly ILogger<SdkMiddleware> _logger;

    public SdkMiddleware(
        EnvironmentRegistry registry,
        CorsPolicy cors,
        IdentitiesEndpoint identities,
        HealthEndpoint health,
        ILogger<SdkMiddleware> logger)
    {
        _registry = registry;
        _cors = cors;
        _identities = identities;
        _health = health;
        _logger = logger;
    }

    /// <summary>Answers a request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        try
        {
            var task = Dispatch(context);
            return task.IsCompletedSuccessfully ? Task.CompletedTask : GuardAsync(context, task);
        }
        catch (Exception exception)
        {
            return FailAsync(context, exception);
        }
    }

    private Task Dispatch(HttpContext context)
    {
        var request = context.Request;

        // 1
        if (CorsPolicy.IsPreflight(request))
        {
            return _cors.AnswerPreflight(context);
        }

        _cors.Apply(context);

        // 2
        var endpoint = SdkRoutes.Find(request.Path.Value ?? "");
        if (endpoint == SdkEndpoint.None)
        {
            return SdkErrors.NotFound(context);
        }

        if (!SdkRoutes.Takes(endpoint, request.Method))
        {
            return SdkErrors.MethodNotAllowed(context, SdkRoutes.Allowed(endpoint));
        }

        // 3
        switch (endpoint)
        {
            case SdkEndpoint.Readiness:
                return _health.AnswerReadiness(context);
            case SdkEndpoint.Liveness:
                return HealthEndpoint.AnswerLiveness(context);
        }

        var key = request.Headers[SdkHeaders.EnvironmentKey].ToString();
        if (_registry.Find(key) is not { } binding)
        {
            return SdkErrors.UnknownKey(context, key);
        }

        // 4
        if (binding.Environment.Current is not { } environment)
        {
            return SdkErrors.NotLoaded(context);
        }

        if (environment.UpdatedAtHeader.Count > 0)
        {
            context.Response.Headers[SdkHeaders.DocumentUpdatedAt] = environment.UpdatedAtHeader;
        }

        // 5
        return endpoint switch
        {
            SdkEndpoint.Flags => FlagsEndpoint.Answer(context, environment, binding.Audience),
            SdkEndpoint.Identities => _identities.Answer(context, environment, binding.Audience),
            _ => EnvironmentDocumentEndpoint.Answer(context, environment, binding.Audience, key),
        };
    }

    private async Task GuardAsync(HttpContext context, Task task)
    {
        try
        {
            await task;
        }
        catch (Exception exception)
        {
            await FailAsync(context, exception);
        }
    }

    /// <summary>Nothing of an exception reaches a client.</summary>
    private Task FailAsync(HttpContext context, Exception exception)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            return Task.CompletedTask; // the client is gone
        }

        if (exception is BadHttpRequestException bad)
        {
            // Kestrel found out while the body was read that the request is malformed, or too slow.
            return Answer(context, bad.StatusCode);
        }

        Log.Failed(_logger, exception, context.Request.Method, SdkRoutes.Find(context.Request.Path.Value ?? ""));
        return Answer(context, StatusCodes.Status500InternalServerError);
    }

    private static Task Answer(HttpContext context, int status)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Headers.Remove(HeaderNames.ContentEncoding);
        return status == StatusCodes.Status500InternalServerError
            ? SdkErrors.InternalError(context)
            : SdkErrors.BadRequest(context, status);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.RequestFailed, LogLevel.Error, "{Method} {Endpoint} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string method, SdkEndpoint endpoint);
    }
}
