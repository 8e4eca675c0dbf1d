namespace EdgeProxy.Host.Logging;

/// <summary>A log file.</summary>
/// <param name="Path">The path.</param>
/// <param name="Level">The lowest level written to it.</param>
/// <param name="IsJson">True if each entry is a JSON object instead of a line for people.</param>
/// <param name="IncludesLog">True to write the log without the access log.</param>
/// <param name="IncludesAccessLog">True to write the access log.</param>
internal sealed record LogFileOptions(string Path, LogLevel Level, bool IsJson, bool IncludesLog, bool IncludesAccessLog);
