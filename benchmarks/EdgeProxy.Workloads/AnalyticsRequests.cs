using System.Text;

namespace EdgeProxy.Workloads;

/// <summary>Bodies of <c>POST /api/v1/analytics/flags/</c>, as SDKs send them.</summary>
public static class AnalyticsRequests
{
    private const int Features = 50;

    /// <summary>A count of each feature of the plain environment.</summary>
    public static byte[] Plain { get; } =
        Encoding.UTF8.GetBytes($"{{{string.Join(", ", Enumerable.Range(1, Features).Select(static feature => $"\"feature_{feature}\": {1 + (feature * 7)}"))}}}");
}
