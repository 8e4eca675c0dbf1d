using System.Net;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Upstream.Streams;

/// <summary>Describes answers that are no stream of events.</summary>
internal static class StreamRefusal
{
    private const string MediaType = "text/event-stream";

    /// <summary>Checks the head of an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="retryAfter">The pause that it asks for.</param>
    /// <returns>Null if it is a stream of events.</returns>
    public static UpstreamStreamEnd? Of(HttpResponseMessage response, TimeSpan? retryAfter)
    {
        var status = (int)response.StatusCode;
        return response.StatusCode switch
        {
            HttpStatusCode.OK => OfContent(response.Content.Headers),
            HttpStatusCode.NoContent => new UpstreamStreamEnd(UpstreamStreamEndCause.Dismissed, "returned HTTP 204: it asks not to be asked again"),
            HttpStatusCode.NotFound => new UpstreamStreamEnd(
                UpstreamStreamEndCause.Refused, "returned HTTP 404: it knows no environment with this key, or has no streams (check realtime.url, which has no /api/v1)"),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new UpstreamStreamEnd(
                UpstreamStreamEndCause.Refused, $"returned HTTP {status}: it wants credentials, which a streaming service does not (check realtime.url)"),
            _ => new UpstreamStreamEnd(UpstreamStreamEndCause.Status, $"returned HTTP {status}") { RetryAfter = retryAfter },
        };
    }

    private static UpstreamStreamEnd? OfContent(System.Net.Http.Headers.HttpContentHeaders headers)
    {
        if (!string.Equals(headers.ContentType?.MediaType, MediaType, StringComparison.OrdinalIgnoreCase))
        {
            return new UpstreamStreamEnd(UpstreamStreamEndCause.NoStream, $"returned something else than {MediaType} (is realtime.url the address of a streaming service?)");
        }

        return headers.ContentEncoding.Count == 0
            ? null
            : new UpstreamStreamEnd(UpstreamStreamEndCause.NoStream, "returned a compressed stream, although none was asked for (does a reverse proxy compress it?)");
    }
}
