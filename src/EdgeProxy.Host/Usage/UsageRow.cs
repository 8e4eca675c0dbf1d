namespace EdgeProxy.Host.Usage;

/// <summary>How often one thing was asked of one environment.</summary>
/// <param name="ClientSideKey">The environment.</param>
/// <param name="Resource">What was asked for.</param>
/// <param name="Count">How often; greater than 0.</param>
internal readonly record struct UsageRow(string ClientSideKey, UsageResource Resource, long Count);
