using EdgeProxy.Host.Analytics;

namespace EdgeProxy.Host.Traits;

/// <summary>A request of a client that the API answers.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path after <c>api_url</c>.</param>
/// <param name="Key">The key of the client.</param>
/// <param name="Labels">The labels of the client.</param>
/// <param name="Body">The body.</param>
internal sealed record PassThroughRequest(string Method, string Path, string Key, AnalyticsLabels Labels, byte[] Body);
