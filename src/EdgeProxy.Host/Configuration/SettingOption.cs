namespace EdgeProxy.Host.Configuration;

/// <summary>A command-line option of a setting.</summary>
/// <param name="Name">The option, as in <c>--port</c>.</param>
/// <param name="ValueName">The name of its value in the help, as in <c>PORT</c>.</param>
/// <param name="IsRepeatable">True if it may be given several times.</param>
/// <param name="Summary">The help of the option; null for the meaning of the setting.</param>
internal sealed record SettingOption(string Name, string ValueName, bool IsRepeatable = false, string? Summary = null);
