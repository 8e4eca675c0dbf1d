using System.Globalization;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Http.Ofrep;

/// <summary>The revision that a client was told of by an event, and asks for (docs/spec/ofrep.md 11.4).</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Time">The time of the change, as the client has it; null if it sent none.</param>
internal sealed record RefetchRequest(string Revision, string? Time)
{
    private const string TimeParameter = "flagConfigLastModified";

    /// <summary>Reads the query of a request.</summary>
    /// <returns>Null if the request asks for no revision.</returns>
    public static RefetchRequest? Of(Exchange exchange) =>
        OfrepPaths.IsRefetch(exchange) && QueryText.FindText(exchange.QueryString, OfrepPaths.RevisionParameter) is { Length: > 0 } revision
            ? new RefetchRequest(revision, QueryText.FindText(exchange.QueryString, TimeParameter))
            : null;

    /// <summary>Determines whether the revision may be newer than what is served here.</summary>
    /// <param name="environment">The environment.</param>
    public bool IsAheadOf(EnvironmentState environment) =>
        environment.Current is { Document: var document }
        && Revision != document.Version
        && !environment.RecentRevisions.Contain(Revision)
        && !(TimeOf(Time) < document.UpdatedAt);

    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
