using EdgeProxy.Host.Common;
using EdgeProxy.Host.Endpoints;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.AccessLogging;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeProxy.Host.Server;

/// <summary>
/// The application that the server runs: finds the endpoint, lets <see cref="RequestDispatcher"/> answer, turns exceptions
/// into answers; records and logs the request.
/// </summary>
internal sealed class SdkApplication : IHttpApplication<Exchange>
{
    private readonly EndpointRouter _router;
    private readonly RequestDispatcher _dispatcher;
    private readonly FailedRequests _failures;
    private readonly RequestRecorder _recorder;
    private readonly AccessLog _accessLog;

    public SdkApplication(
        EndpointRouter router, RequestDispatcher dispatcher, FailedRequests failures, RequestRecorder recorder, AccessLog accessLog)
    {
        _router = router;
        _dispatcher = dispatcher;
        _failures = failures;
        _recorder = recorder;
        _accessLog = accessLog;
    }

    /// <inheritdoc/>
    public Exchange CreateContext(IFeatureCollection contextFeatures)
    {
        // The server lets the application attach its state to the objects that it keeps for a connection.
        if (contextFeatures is not IHostContextContainer<Exchange> container)
        {
            return new Exchange(contextFeatures);
        }

        return container.HostContext ??= new Exchange(contextFeatures);
    }

    /// <inheritdoc/>
    public void DisposeContext(Exchange context, Exception? exception)
    {
        // The server calls this after the answer. Nothing is released: the exchange lives as long as the connection.
        _recorder.End(context);
    }

    /// <summary>Answers a request.</summary>
    public Task ProcessRequestAsync(Exchange exchange)
    {
        var route = Route(exchange);
        _recorder.Begin(exchange);
        var answering = Mechanisms.ConnectionFairness && ConnectionFairness.ShouldYield(exchange.Connection)
            ? ProcessLaterAsync(exchange, route)
            : Process(exchange, route);
        return _accessLog.IsOn ? _accessLog.Follow(exchange, answering) : answering;
    }

    /// <summary>Finds the endpoint of a request; null if the path is unknown.</summary>
    internal EndpointRoute? Route(Exchange exchange)
    {
        var route = _router.Find(exchange.RawTarget, exchange.Listener);
        exchange.Route = route?.Definition ?? EndpointDefinition.None;
        return route;
    }

    /// <summary>Answers a request on this thread; an exception becomes an error response.</summary>
    internal Task Process(Exchange exchange, EndpointRoute? route)
    {
        try
        {
            var task = _dispatcher.DispatchAsync(exchange, route);
            return task.IsCompletedSuccessfully ? Task.CompletedTask : GuardAsync(exchange, task);
        }
        catch (Exception exception)
        {
            return _failures.AnswerAsync(exchange, exception);
        }
    }

    private async Task ProcessLaterAsync(Exchange exchange, EndpointRoute? route)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // on the thread pool
        await Process(exchange, route);
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
            await _failures.AnswerAsync(exchange, exception);
        }
    }
}
