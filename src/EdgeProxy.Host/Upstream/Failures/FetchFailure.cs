using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Upstream.Failures;

/// <summary>A failed fetch, classified.</summary>
/// <param name="Outcome">The outcome for metrics.</param>
/// <param name="Message">The failure, its address and cause, in words.</param>
/// <param name="Summary">The cause without the address: equal for equal failures.</param>
internal sealed record FetchFailure(FetchOutcome Outcome, string Message, string Summary) : ILogMembers
{
    private const int MegaByte = 1024 * 1024;

    /// <summary>The requested URL; null if the failure is not one of a request.</summary>
    public string? Url { get; init; }

    /// <summary>The status of the answer; null if there was none.</summary>
    public int? Status { get; init; }

    /// <summary>The duration of the attempt; null if it is unknown.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>The delay that the upstream asked for in <c>Retry-After</c>; null if none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Indicates whether the next request must be sent without conditions.</summary>
    public bool AreConditionsRejected { get; init; }

    /// <summary>Indicates whether the failure is unexpected, and so to be logged with its exception.</summary>
    public bool IsUnexpected { get; init; }

    /// <summary>Classifies an exception.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="url">The URL to be fetched.</param>
    public static FetchFailure Of(Exception exception, Uri url) => exception switch
    {
        UpstreamException upstream => new FetchFailure(
            upstream.IsRefused ? FetchOutcome.Refused : FetchOutcome.Failed, $"GET {UpstreamUrl.Show(upstream.Url ?? url)}: {upstream.Message}", upstream.Summary)
        {
            Url = UpstreamUrl.Show(upstream.Url ?? url),
            Status = upstream.Status,
            RetryAfter = upstream.RetryAfter,
            AreConditionsRejected = upstream.AreConditionsRejected,
        },
        EnvironmentDocumentException => new FetchFailure(FetchOutcome.Rejected, exception.Message.TrimEnd('.'), "with a rejected document"),
        OutOfMemoryException => new FetchFailure(FetchOutcome.Failed, OutOfMemory(url), "out of memory"),
        _ => new FetchFailure(FetchOutcome.Failed, "unexpected error, see the log", "with an unexpected error") { IsUnexpected = true },
    };

    /// <inheritdoc/>
    public override string ToString() => Message;

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter writer)
    {
        if (Url is not null)
        {
            writer.WriteString("url"u8, Url);
        }

        if (Status is { } status)
        {
            writer.WriteNumber("status"u8, status);
        }

        if (Elapsed is { } elapsed)
        {
            writer.WriteNumber("duration_ms"u8, Math.Round(elapsed.TotalMilliseconds, 3));
        }

        writer.WriteString("cause"u8, Url is null ? Message : Message[(Message.IndexOf(Url, StringComparison.Ordinal) + Url.Length)..].TrimStart(':', ' '));
    }

    private static string OutOfMemory(Uri url) =>
        $"GET {UpstreamUrl.Show(url)}: there is not enough memory for the document ({GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MegaByte} MB may be used; raise the memory limit)";
}
