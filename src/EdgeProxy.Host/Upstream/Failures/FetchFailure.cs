using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Upstream.Failures;

/// <summary>A failed attempt to fetch something, classified.</summary>
/// <param name="Outcome">The kind, as metrics count it.</param>
/// <param name="Message">What happened, at which address and why, in words.</param>
/// <param name="Summary">The cause alone, the same for all that fail alike.</param>
internal sealed record FetchFailure(FetchOutcome Outcome, string Message, string Summary)
{
    /// <summary>How long the upstream asked not to be asked again; null if it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the next request must do without conditions.</summary>
    public bool AreConditionsRejected { get; init; }

    /// <summary>Whether it is one that nobody foresaw, and so to be logged in full.</summary>
    public bool IsUnexpected { get; init; }

    /// <summary>Classifies an exception.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="url">What was to be fetched.</param>
    public static FetchFailure Of(Exception exception, Uri url) => exception switch
    {
        UpstreamException upstream => new FetchFailure(
            upstream.IsRefused ? FetchOutcome.Refused : FetchOutcome.Failed, $"GET {UpstreamUrl.Show(upstream.Url ?? url)}: {upstream.Message}", upstream.Summary)
        {
            RetryAfter = upstream.RetryAfter,
            AreConditionsRejected = upstream.AreConditionsRejected,
        },
        EnvironmentDocumentException => new FetchFailure(FetchOutcome.Rejected, exception.Message, "rejected document"),
        _ => new FetchFailure(FetchOutcome.Failed, "unexpected error, see the log", "unexpected error") { IsUnexpected = true },
    };
}
