using System.Diagnostics;
using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Operations.Export;

/// <summary>
/// Creates a span for each SDK request, in the client's trace (W3C trace context), while a listener is registered, which is
/// only if traces are exported.
/// </summary>
internal sealed class RequestTracer : IDisposable
{
    /// <summary>The name of the source of spans.</summary>
    public const string SourceName = "EdgeProxy";

    private const string TraceParent = "traceparent";
    private const string TraceState = "tracestate";
    private const string OtherMethod = "_OTHER"; // as in the semantic conventions

    private readonly ActivitySource _source;

    public RequestTracer()
        : this(SourceName)
    {
    }

    /// <param name="sourceName">The name of the source, which decides who listens.</param>
    public RequestTracer(string sourceName)
    {
        _source = new ActivitySource(sourceName);
    }

    /// <summary>Indicates whether the source has listeners.</summary>
    public bool IsOn => _source.HasListeners();

    /// <summary>Starts the span of a request; null if it has none.</summary>
    public Activity? Start(Exchange exchange)
    {
        if (!exchange.Route.IsTraced)
        {
            return null;
        }

        var route = exchange.Route.Path.TrimEnd('/');
        var headers = exchange.RequestHeaders;
        _ = ActivityContext.TryParse(headers[TraceParent], headers[TraceState], isRemote: true, out var parent);
        var method = MethodOf(exchange.Method);
        var span = _source.CreateActivity($"{(method == OtherMethod ? "HTTP" : method)} {route}", ActivityKind.Server, parent);
        span?.SetTag("http.request.method", method).SetTag("url.path", route).SetTag("http.route", route).Start();
        return span;
    }

    /// <summary>Ends the span of a request that was answered.</summary>
    public static void Stop(Activity span, Exchange exchange)
    {
        span.SetTag("http.response.status_code", exchange.StatusCode);
        if (exchange.Environment is { } environment)
        {
            span.SetTag("edgeproxy.environment", environment.Current?.Snapshot.Name ?? environment.Metrics.Key);
        }

        if (exchange.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }

        span.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    /// <summary>Limits the values to known methods: clients can invent others.</summary>
    private static string MethodOf(string method) => method switch
    {
        "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "OPTIONS" or "PATCH" => method,
        _ => OtherMethod,
    };
}
