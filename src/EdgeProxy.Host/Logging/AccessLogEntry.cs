using System.Net;
using System.Text.Json;

namespace EdgeProxy.Host.Logging;

/// <summary>
/// An entry of the access log. It contains no text that a client invents, such as unknown paths, and no query.
/// </summary>
/// <param name="RemoteAddress">The client's address; null if it is not known.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The documented path of the endpoint.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Duration">The time from reading the request until its answer was written.</param>
internal readonly record struct AccessLogEntry(IPAddress? RemoteAddress, string Method, string Path, int Status, TimeSpan Duration)
{
    /// <summary>The environment, with the revision of the document that the request was answered from; null if there is none.</summary>
    public ILogMembers? Environment { get; init; }

    /// <summary>The trace that the request belongs to, in hex; null if there is none.</summary>
    public string? TraceId { get; init; }

    /// <summary>The span of the request, in hex; null if traces are not exported.</summary>
    public string? SpanId { get; init; }

    /// <summary>The category of the access log; log files are chosen by it.</summary>
    public const string Category = "EdgeProxy.Host.Http.AccessLogging.AccessLog";

    /// <summary>The entry as a readable line.</summary>
    public override string ToString() => $"{RemoteText} {Method} {Path} {Status} {Duration.TotalMilliseconds:0.000} ms"
        + (Environment is null ? "" : $" {Environment}") + (TraceId is null ? "" : $" trace {TraceId}");

    /// <summary>The members of the entry in JSON.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("remote_ip"u8, RemoteText);
        writer.WriteString("method"u8, Method);
        writer.WriteString("path"u8, Path);
        writer.WriteNumber("status"u8, Status);
        writer.WriteNumber("duration_ms"u8, Math.Round(Duration.TotalMilliseconds, 3));
        Environment?.WriteMembers(writer);
        if (TraceId is not null)
        {
            writer.WriteString("trace_id"u8, TraceId);
        }

        if (SpanId is not null)
        {
            writer.WriteString("span_id"u8, SpanId);
        }
    }

    private string RemoteText => RemoteAddress?.ToString() ?? "-";
}
