namespace EdgeProxy.Host.Operations;

/// <summary>The readiness of the proxy.</summary>
/// <param name="Reason">The reason if it is not; null if it is.</param>
/// <param name="LastSuccessfulUpdate">The oldest of the environments' last successful fetches; null before the first.</param>
/// <param name="Degraded">The reason why it is degraded, though ready; null if it is not.</param>
internal sealed record HealthReport(string? Reason, DateTimeOffset? LastSuccessfulUpdate, string? Degraded = null);
