using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Streams;

/// <summary>The id of the last event that a client got before it connected.</summary>
internal static class LastEventId
{
    private const string Parameter = "lastEventId";
    private const int MaxQueryLength = 256;

    /// <summary>
    /// Reads the id: from the header, or from the parameter <c>lastEventId</c> of scripts that create another EventSource
    /// for each connection, such as Flagsmith's SDK for browsers.
    /// </summary>
    /// <returns>The id; null if there is none.</returns>
    public static string? Of(Exchange exchange)
    {
        if (exchange.RequestHeaders[SdkHeaders.LastEventId] is { Count: > 0 } id)
        {
            return id.ToString();
        }

        var query = exchange.QueryString;
        return query.Length <= MaxQueryLength && QueryText.FindText(query, Parameter) is { Length: > 0 } text ? text : null;
    }
}
