namespace EdgeProxy.Host.Logging;

/// <summary>The destinations of the log and of the access log.</summary>
/// <param name="Files">The log files.</param>
/// <param name="ConsoleTakesLog">True to write the log, without the access log, to the standard output.</param>
/// <param name="ConsoleTakesAccessLog">True to write the access log to the standard output.</param>
internal sealed record LogSinks(IReadOnlyList<LogFileOptions> Files, bool ConsoleTakesLog = true, bool ConsoleTakesAccessLog = true)
{
    /// <summary>The standard output, and no file.</summary>
    public static readonly LogSinks Console = new([]);
}
