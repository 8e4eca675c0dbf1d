namespace EdgeProxy.Host.Usage;

/// <summary>The number of requests for one resource of one environment.</summary>
/// <param name="ClientSideKey">The environment.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Count">The number of requests; greater than 0.</param>
internal readonly record struct UsageRow(string ClientSideKey, UsageResource Resource, long Count);
