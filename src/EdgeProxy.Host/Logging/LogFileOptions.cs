namespace EdgeProxy.Host.Logging;

/// <summary>A file that the log goes to, besides the standard output.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Level">The least that goes there.</param>
/// <param name="IsJson">Whether each entry is a JSON object instead of a line for people.</param>
/// <param name="TakesLog">Whether it takes the log without the access log.</param>
/// <param name="TakesAccessLog">Whether it takes the access log.</param>
internal sealed record LogFileOptions(string Path, LogLevel Level, bool IsJson, bool TakesLog, bool TakesAccessLog);
