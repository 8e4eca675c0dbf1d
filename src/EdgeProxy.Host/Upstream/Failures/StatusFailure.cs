using System.Net;

namespace EdgeProxy.Host.Upstream.Failures;

/// <summary>Describes answers with an unexpected status, with hints what to check.</summary>
internal static class StatusFailure
{
    private const string ApiPath = "/api/v1";

    /// <summary>Creates the failure of an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="retryAfter">The delay that it asks for.</param>
    public static UpstreamException Of(HttpResponseMessage response, TimeSpan? retryAfter)
    {
        var url = response.RequestMessage!.RequestUri!;
        var status = (int)response.StatusCode;
        return new UpstreamException(
            $"returned HTTP {status}{Hint(response.StatusCode, url)}",
            isRefused: response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden,
            retryAfter)
        {
            Url = url,
            Status = status,
            Summary = $"HTTP {status} from {UpstreamUrl.Origin(url)}",
            AreConditionsRejected = response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.PreconditionFailed,
        };
    }

    private static string Hint(HttpStatusCode status, Uri url) => status switch
    {
        HttpStatusCode.NotFound when !url.AbsolutePath.Contains(ApiPath, StringComparison.Ordinal) => " (is /api/v1 missing from api_url?)",
        HttpStatusCode.NotFound => " (is api_url the address of a Flagsmith API?)",
        HttpStatusCode.ProxyAuthenticationRequired => " (the forward proxy wants credentials; put them into HTTPS_PROXY or HTTP_PROXY)",
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "",
        >= HttpStatusCode.InternalServerError => " (the API, or a proxy before it, has a fault; check its status)",
        HttpStatusCode.TooManyRequests => " (too many requests; is api_poll_frequency_seconds too short?)",
        _ => "",
    };
}
