using System.Globalization;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Upstream;

/// <summary>
/// The conditions of the next request (docs/spec/upstream-api.md 2.2): such that a document that changed is never
/// taken for one that did not.
/// </summary>
internal static class Validators
{
    // Dates are whole seconds: a document that is younger than this when it is sent may change once more under the same date.
    private static readonly TimeSpan Weak = TimeSpan.FromSeconds(2);

    /// <summary>The conditions that name a document.</summary>
    /// <param name="document">The document as it was fetched.</param>
    /// <param name="updatedAt">The time of the last change, as the document says; null if it does not.</param>
    /// <param name="now">The own time, for upstreams that give none.</param>
    public static FetchConditions Of(FetchedDocument document, DateTimeOffset? updatedAt, DateTimeOffset now)
    {
        if (!document.IsOfOneVersion)
        {
            return FetchConditions.None;
        }

        // A time that is still to come says nothing: there would be nothing newer until then.
        var date = document.Date ?? now;
        var lastModified = Past(Read(document.LastModified), date);
        var since = Older(lastModified, Past(updatedAt, date));
        if (document.EntityTag is null && (IsWeak(lastModified, date) || IsWeak(since, date)))
        {
            return FetchConditions.None;
        }

        return new FetchConditions(since?.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture), document.EntityTag);
    }

    private static bool IsWeak(DateTimeOffset? time, DateTimeOffset date) => time is { } value && date - value < Weak;

    private static DateTimeOffset? Past(DateTimeOffset? time, DateTimeOffset date) => time <= date ? time : null;

    /// <summary>
    /// The upstream may take the header from one place and the body from a cache or a replica that lags: by a header that is
    /// ahead of the body, the old body would stay for ever.
    /// </summary>
    private static DateTimeOffset? Older(DateTimeOffset? left, DateTimeOffset? right) =>
        left is null || right < left ? right ?? left : left;

    private static DateTimeOffset? Read(string? date) =>
        DateTimeOffset.TryParseExact(date, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
