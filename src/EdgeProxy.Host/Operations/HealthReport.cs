namespace EdgeProxy.Host.Operations;

/// <summary>Whether the proxy is ready.</summary>
/// <param name="Reason">Why not; null if it is.</param>
/// <param name="LastSuccessfulUpdate">The oldest of the environments' last successful fetches; null before the first.</param>
internal sealed record HealthReport(string? Reason, DateTimeOffset? LastSuccessfulUpdate);
