using System.Diagnostics.Tracing;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Operations.Export;

/// <summary>
/// Logs that an export failed: at once, and then once a day while it fails. The library reports failures as events only,
/// and one for every attempt.
/// </summary>
internal sealed partial class ExportWatch : EventListener
{
    private const string Source = "OpenTelemetry-Exporter-OpenTelemetryProtocol";
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    private readonly string _collectors;
    private readonly LogThrottle _throttle;
    private readonly ILogger<ExportWatch> _logger;

    /// <param name="collectors">The collectors, for the log.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public ExportWatch(string collectors, TimeProvider time, ILogger<ExportWatch> logger)
    {
        _collectors = collectors;
        _throttle = new LogThrottle(time, Interval);
        _logger = logger;
        foreach (var source in EventSource.GetSources())
        {
            Follow(source); // the base calls OnEventSourceCreated before there is a log
        }
    }

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        base.OnEventSourceCreated(eventSource);
        Follow(eventSource);
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (_throttle is not null && CauseOf(eventData) is { } cause && _throttle.ShouldLog())
        {
            Log.Failed(_logger, _collectors, cause);
        }
    }

    /// <summary>Describes an event in words; null if it is not about a failed export.</summary>
    private static string? CauseOf(EventWrittenEventArgs eventData)
    {
        var text = string.Join(' ', eventData.Payload ?? (IReadOnlyCollection<object?>)[]);
        return eventData.Level > EventLevel.Warning ? null : text switch
        {
            _ when text.Contains("refused", StringComparison.OrdinalIgnoreCase) => "connection refused: nothing listens there",
            _ when text.Contains("not known", StringComparison.OrdinalIgnoreCase) || text.Contains("No such host", StringComparison.OrdinalIgnoreCase) => "no such host",
            _ when text.Contains("SSL", StringComparison.Ordinal) => "the TLS handshake failed",
            _ when text.Contains("404", StringComparison.Ordinal) => "it returned HTTP 404: no collector of this protocol answers there",
            _ when text.Contains("HTTP/2", StringComparison.Ordinal) || text.Contains("HTTP_1_1_REQUIRED", StringComparison.Ordinal) => "it does not speak gRPC",
            _ when text.Contains("Timeout", StringComparison.OrdinalIgnoreCase) || text.Contains("canceled", StringComparison.OrdinalIgnoreCase) => "no answer in time",
            _ => "the collector did not accept it",
        };
    }

    private void Follow(EventSource source)
    {
        if (source.Name == Source)
        {
            EnableEvents(source, EventLevel.Warning);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ExportFailed, LogLevel.Warning,
            "OTLP: metrics or traces could not be exported to {Url}: {Cause}; they are lost while this lasts, and requests are answered as before. Check OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_PROTOCOL. Logged once a day")]
        public static partial void Failed(ILogger logger, string url, string cause);
    }
}
