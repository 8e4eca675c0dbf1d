using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Upstream.Failures;

/// <summary>A failed fetch, classified.</summary>
/// <param name="Outcome">The outcome for metrics.</param>
/// <param name="Message">The failure, its address and cause, in words.</param>
/// <param name="Summary">The cause without the address: equal for equal failures.</param>
internal sealed record FetchFailure(FetchOutcome Outcome, string Message, string Summary)
{
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
            RetryAfter = upstream.RetryAfter,
            AreConditionsRejected = upstream.AreConditionsRejected,
        },
        EnvironmentDocumentException => new FetchFailure(FetchOutcome.Rejected, exception.Message, "rejected document"),
        _ => new FetchFailure(FetchOutcome.Failed, "unexpected error, see the log", "unexpected error") { IsUnexpected = true },
    };
}
