using System.Diagnostics;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Http.AccessLogging;

/// <summary>Writes a line for each request (<c>logging.enable_access_log</c>).</summary>
/// <remarks>
/// The line is formatted on the request's thread and queued for the console; a full queue drops lines, so a blocked
/// terminal does not delay requests.
/// </remarks>
internal sealed class AccessLog
{
    private static readonly EventId Event = new(EventIds.Access, nameof(EventIds.Access));

    private readonly TrustedPeers? _proxies;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public AccessLog(AccessLogOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        _proxies = options.UsesProxyHeaders ? options.ForwardedAllowIps : null;
        _time = time;
        _logger = loggers.CreateLogger(AccessLogEntry.Category);
        IsOn = options.IsEnabled && _logger.IsEnabled(LogLevel.Information);
    }

    /// <summary>Indicates whether the access log is enabled.</summary>
    public bool IsOn { get; }

    /// <summary>Writes the line when a request is answered.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="answering">Ends when it is answered.</param>
    public Task Follow(Exchange exchange, Task answering)
    {
        if (!answering.IsCompletedSuccessfully)
        {
            return FollowAsync(exchange, answering);
        }

        Write(exchange);
        return Task.CompletedTask;
    }

    private async Task FollowAsync(Exchange exchange, Task answering)
    {
        try
        {
            await answering;
        }
        finally
        {
            Write(exchange);
        }
    }

    private void Write(Exchange exchange)
    {
        var peer = exchange.RemoteAddress;
        var address = _proxies is null || peer is null ? peer : _proxies.ClientOf(peer, exchange.RequestHeaders["X-Forwarded-For"]);
        var entry = new AccessLogEntry(
            address,
            NameOf(exchange.Method),
            exchange.Route.Path,
            exchange.StatusCode,
            _time.GetElapsedTime(exchange.Started))
        {
            Environment = exchange.Environment is { } environment ? EnvironmentLabel.Of(environment, exchange.Revision) : null,
            TraceId = TraceOf(exchange),
            SpanId = exchange.Span?.SpanId.ToHexString(),
        };
        _logger.Log(LogLevel.Information, Event, entry, exception: null, static (entry, _) => entry.ToString());
    }

    /// <summary>The trace of the request's span, or else that of the client.</summary>
    private static string? TraceOf(Exchange exchange) =>
        exchange.Span is { } span ? span.TraceId.ToHexString()
        : ActivityContext.TryParse(exchange.RequestHeaders.TraceParent, traceState: null, isRemote: true, out var client) ? client.TraceId.ToHexString()
        : null;

    /// <summary>The known methods: clients can invent others.</summary>
    private static string NameOf(string method) => method is "GET" or "POST" or "HEAD" or "OPTIONS" or "PUT" or "DELETE" or "PATCH" ? method : "-";
}
