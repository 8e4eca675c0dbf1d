using System.Buffers;
using System.Globalization;
using System.Text;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Http.Ofrep;

/// <summary>The revision that a client was told of by an event, and asks for (docs/spec/ofrep.md 11.4).</summary>
internal readonly ref struct RefetchRequest
{
    private const string TimeParameter = "flagConfigLastModified";

    private RefetchRequest(string query)
    {
        Query = query;
    }

    /// <summary>The query; empty if the request asks for no revision.</summary>
    private string Query { get; }

    /// <summary>Indicates whether the request asks for a revision.</summary>
    public bool IsAny => !string.IsNullOrEmpty(Query);

    /// <summary>Reads the query of a request.</summary>
    public static RefetchRequest Of(Exchange exchange) =>
        new(exchange.QueryString.Contains(OfrepPaths.RevisionParameter, StringComparison.Ordinal) && TryFind(exchange.QueryString, OfrepPaths.RevisionParameter, out var revision) && revision.Length > 0 ? exchange.QueryString : "");

    /// <summary>Determines whether the request asks for another revision than a document's.</summary>
    public bool DiffersFrom(string revision) => IsAny && TryFind(Query, OfrepPaths.RevisionParameter, out var asked) && asked != revision;

    /// <summary>Determines whether the revision may be newer than what is served here.</summary>
    /// <param name="environment">The environment.</param>
    public bool IsAheadOf(EnvironmentState environment)
    {
        if (!IsAny || environment.Current is not { } current || !TryFind(Query, OfrepPaths.RevisionParameter, out var asked)
            || asked == current.Document.Version || environment.RecentRevisions.Contain(asked))
        {
            return false;
        }

        return !TryFind(Query, TimeParameter, out var text)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            || !(time < current.Document.UpdatedAt);
    }

    private static bool TryFind(string query, string name, out string value)
    {
        var room = ArrayPool<byte>.Shared.Rent(QueryText.MaxLength(query));
        var length = QueryText.Find(query, name, room);
        value = length > 0 ? Encoding.UTF8.GetString(room.AsSpan(0, length)) : "";
        ArrayPool<byte>.Shared.Return(room);
        return length >= 0;
    }
}
