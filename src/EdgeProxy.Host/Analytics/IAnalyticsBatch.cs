namespace EdgeProxy.Host.Analytics;

/// <summary>Counts that go to the upstream in one request.</summary>
internal interface IAnalyticsBatch
{
    /// <summary>Their labels.</summary>
    AnalyticsLabels Labels { get; }

    /// <summary>The evaluations that it tells of.</summary>
    long Evaluations { get; }

    /// <summary>The body of the request, in JSON.</summary>
    byte[] ToBody();
}
