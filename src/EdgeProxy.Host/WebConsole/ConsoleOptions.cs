namespace EdgeProxy.Host.WebConsole;

/// <summary>The pages that are served.</summary>
/// <param name="IsEnabled">True to serve the console at its path.</param>
/// <param name="IsDemo">True to serve it at <c>/</c>, too.</param>
internal sealed record ConsoleOptions(bool IsEnabled, bool IsDemo);
