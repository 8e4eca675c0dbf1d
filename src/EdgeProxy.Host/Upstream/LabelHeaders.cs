using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Upstream;

/// <summary>The headers of requests that carry a key and the labels of a client.</summary>
internal static class LabelHeaders
{
    /// <summary>The headers.</summary>
    public static IReadOnlyList<(string Name, string? Value)> Of(string key, in AnalyticsLabels labels) =>
    [
        (SdkHeaders.EnvironmentKey, key),
        (SdkHeaders.ApplicationName, NullIfEmpty(labels.ApplicationName)),
        (SdkHeaders.ApplicationVersion, NullIfEmpty(labels.ApplicationVersion)),
        (SdkHeaders.SdkUserAgent, NullIfEmpty(labels.Sdk)),
    ];

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
