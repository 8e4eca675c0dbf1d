using EdgeProxy.Host.Analytics;

namespace EdgeProxy.Host.Http;

/// <summary>Reads the labels of a request (docs/spec/analytics.md 1.3).</summary>
internal static class RequestLabels
{
    /// <summary>The labels in the headers of a request.</summary>
    public static AnalyticsLabels Of(IHeaderDictionary headers)
    {
        var sdk = headers[SdkHeaders.SdkUserAgent];
        return AnalyticsLabels.Of(
            headers[SdkHeaders.ApplicationName].ToString(),
            headers[SdkHeaders.ApplicationVersion].ToString(),
            (sdk.Count > 0 ? sdk : headers.UserAgent).ToString());
    }
}
