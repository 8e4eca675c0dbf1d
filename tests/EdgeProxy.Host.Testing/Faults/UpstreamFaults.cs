using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Testing.Faults;

/// <summary>The ways in which upstreams misbehave, each of which the proxy must take for a failed poll.</summary>
internal static partial class UpstreamFaults
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<UpstreamFault> All { get; } = [.. Statuses(), .. Connections(), .. Bodies(), .. Codings(), .. Redirects(), .. Pages()];

    /// <summary>"Not modified" for requests without a condition, for which it is wrong.</summary>
    public static UpstreamFault NotModified { get; } =
        new("status 304", "HTTP 304", static (context, _) => AnswerStatus(context, StatusCodes.Status304NotModified));

    /// <summary>One of them.</summary>
    public static UpstreamFault Named(string name) => All.Append(NotModified).Single(fault => fault.Name == name);

    private static IEnumerable<UpstreamFault> Statuses()
    {
        foreach (var status in (int[])[204, 206, 400, 401, 403, 404, 407, 412, 500, 502, 504])
        {
            yield return new(string.Create(CultureInfo.InvariantCulture, $"status {status}"), $"returned HTTP {status}", (context, _) => AnswerStatus(context, status));
        }

        yield return new("429 for a few seconds", "returned HTTP 429", (context, _) => AnswerStatus(context, 429, "7")) { AsksToWait = true };
        yield return new("503 for a few seconds", "returned HTTP 503", (context, _) => AnswerStatus(context, 503, "7")) { AsksToWait = true };
        yield return new("503 for years", "returned HTTP 503", (context, _) => AnswerStatus(context, 503, "99999999")) { AsksToWait = true };
        yield return new("503 for longer than there are numbers", "returned HTTP 503", (context, _) => AnswerStatus(context, 503, "99999999999999999999"));
        yield return new("503 until a date", "returned HTTP 503", (context, _) => AnswerStatus(context, 503, "Sun, 22 Nov 2026 10:00:07 GMT")) { AsksToWait = true };
        yield return new("503 until a date in years", "returned HTTP 503", (context, _) => AnswerStatus(context, 503, "Fri, 31 Dec 9999 23:59:59 GMT")) { AsksToWait = true };
        yield return new("503 until a date long ago", "returned HTTP 503", (context, _) => AnswerStatus(context, 503, "Mon, 01 Jan 0001 00:00:00 GMT"));
        yield return new("429 for negative seconds", "returned HTTP 429", (context, _) => AnswerStatus(context, 429, "-5"));
        yield return new("503 for garbage", "returned HTTP 503", (context, _) => AnswerStatus(context, 503, "soon, \u00e9 perhaps"));
    }

    private static Task AnswerStatus(HttpContext context, int status, string? retryAfter = null)
    {
        if (retryAfter is not null)
        {
            // The server would not send every one of these.
            return WriteRawAsync(
                context,
                $"HTTP/1.1 {status} Odd\r\nDate: Sun, 22 Nov 2026 10:00:00 GMT\r\nRetry-After: {retryAfter}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }

        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
