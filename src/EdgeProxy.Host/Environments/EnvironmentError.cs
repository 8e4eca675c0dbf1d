namespace EdgeProxy.Host.Environments;

/// <summary>The last error of an environment.</summary>
/// <param name="At">The time of the error.</param>
/// <param name="Message">The error; without keys and content.</param>
internal sealed record EnvironmentError(DateTimeOffset At, string Message);
