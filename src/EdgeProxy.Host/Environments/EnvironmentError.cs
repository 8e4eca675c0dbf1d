namespace EdgeProxy.Host.Environments;

/// <summary>Something that went wrong with an environment.</summary>
/// <param name="At">When.</param>
/// <param name="Message">What; fit for people who must not see keys or content.</param>
internal sealed record EnvironmentError(DateTimeOffset At, string Message);
