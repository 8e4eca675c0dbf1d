using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Operations.Export;

namespace EdgeProxy.Host.Server;

/// <summary>
/// Counts and times every request: two reads of the clock and three additions, without a lock or an allocation.
/// </summary>
internal sealed class RequestRecorder
{
    private readonly ServerMetrics _server;
    private readonly ExportedDurations _exported;
    private readonly RequestTracer _tracer;
    private readonly LoadShedder _shedder;
    private readonly TimeProvider _time;

    public RequestRecorder(ServerMetrics server, ExportedDurations exported, RequestTracer tracer, LoadShedder shedder, TimeProvider time)
    {
        _shedder = shedder;
        _server = server;
        _exported = exported;
        _tracer = tracer;
        _time = time;
    }

    /// <summary>Records the start of a request; its route is known.</summary>
    public void Begin(Exchange exchange)
    {
        exchange.Endpoint = exchange.Route;
        exchange.Environment = null;
        exchange.Revision = null;
        exchange.HasWaited = false;
        exchange.Ready = Exchange.NotReady;
        exchange.Started = _time.GetTimestamp();
        if (_tracer.IsOn)
        {
            exchange.Span = _tracer.Start(exchange);
        }
    }

    /// <summary>Records the end of a request: the client took the last byte. The duration of a stream is the time to its first byte.</summary>
    public void End(Exchange exchange)
    {
        var ready = exchange.Ready;
        var elapsed = Math.Max(0, (ready == Exchange.NotReady ? _time.GetTimestamp() : ready) - exchange.Started);
        var requests = exchange.Environment?.Metrics.Requests ?? _server.Requests;
        requests.Count(exchange.Endpoint.Label, exchange.StatusCode);
        _server.Durations.Record(exchange.Endpoint.Label, elapsed);
        if (_shedder.IsShedding && !exchange.HasWaited)
        {
            exchange.Environment?.Load.Add(elapsed);
        }

        if (_exported.IsOn)
        {
            _exported.Record(exchange.Endpoint.Label, elapsed);
        }

        if (exchange.Span is { } span)
        {
            exchange.Span = null;
            RequestTracer.Stop(span, exchange);
        }
    }
}
