namespace EdgeProxy.Host.WebConsole;

/// <summary>The pages that are served.</summary>
/// <param name="IsEnabled">True to serve the console at its path.</param>
/// <param name="IsAtRoot">True to serve it to browsers at <c>/</c>, too.</param>
internal sealed record ConsoleOptions(bool IsEnabled, bool IsAtRoot);
