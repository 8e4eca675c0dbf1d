using System.Globalization;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Upstream;

/// <summary>
/// Creates the conditions of the next request (docs/spec/upstream-api.md 2.2), such that a changed document is never taken
/// for an unchanged one.
/// </summary>
internal static class Validators
{
    // Dates are whole seconds: a document younger than this when it is sent may change once more under the same date.
    private static readonly TimeSpan Weak = TimeSpan.FromSeconds(2);

    /// <summary>Creates the conditions for a document.</summary>
    /// <param name="document">The fetched document.</param>
    /// <param name="updatedAt">The document's own time of the last change; null if it has none.</param>
    /// <param name="now">The proxy's time, for upstreams that send none.</param>
    public static FetchConditions Of(FetchedDocument document, DateTimeOffset? updatedAt, DateTimeOffset now)
    {
        if (!document.IsOfOneVersion)
        {
            return FetchConditions.None;
        }

        // A time in the future is unusable: nothing would be newer until then.
        var date = document.Date ?? now;
        var lastModified = Past(Read(document.LastModified), date);
        var since = Older(lastModified, Past(updatedAt, date));
        if (document.EntityTag is null && (IsWeak(lastModified, date) || IsWeak(since, date)))
        {
            return FetchConditions.None;
        }

        return new FetchConditions(since?.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture), document.EntityTag);
    }

    /// <summary>
    /// Determines whether "not modified" is about an older document than the current one: by date alone, a server has to
    /// say so of every document that is not newer.
    /// </summary>
    /// <param name="answer">The answer.</param>
    /// <param name="conditions">The conditions of the request.</param>
    public static bool IsOlder(DocumentPage answer, FetchConditions conditions) =>
        conditions.IfNoneMatch is null && Read(answer.LastModified) < Read(conditions.IfModifiedSince);

    private static bool IsWeak(DateTimeOffset? time, DateTimeOffset date) => time is { } value && date - value < Weak;

    private static DateTimeOffset? Past(DateTimeOffset? time, DateTimeOffset date) => time <= date ? time : null;

    /// <summary>
    /// The upstream may send the header from one place and the body from a cache or a replica that lags: with a header
    /// newer than the body, the old body would stay forever.
    /// </summary>
    private static DateTimeOffset? Older(DateTimeOffset? left, DateTimeOffset? right) =>
        left is null || right < left ? right ?? left : left;

    private static DateTimeOffset? Read(string? date) =>
        DateTimeOffset.TryParseExact(date, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
