using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace EdgeProxy.Host.Logging;

/// <summary>
/// Formats an entry as a readable line: time, level, logger, event id, message, and the exception if there is one; like the
/// framework's simple format on a single line, which does not escape messages.
/// </summary>
internal sealed class GenericLogFormatter : ConsoleFormatter
{
    /// <summary>The name it is registered under.</summary>
    public const string FormatterName = "edge-proxy-generic";

    private const string NoColour = "\u001b[39m\u001b[22m\u001b[49m";

    private readonly bool _isColoured;
    private readonly TimeProvider _time;

    /// <param name="isColoured">True to colour levels.</param>
    /// <param name="time">The clock of the timestamps.</param>
    public GenericLogFormatter(bool isColoured, TimeProvider time)
        : base(FormatterName)
    {
        _isColoured = isColoured;
        _time = time;
    }

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var (level, colour) = Describe(logEntry.LogLevel);
        textWriter.Write($"{_time.GetUtcNow():yyyy-MM-dd HH:mm:ss.fff} ");
        textWriter.Write(_isColoured ? $"{colour}{level}{NoColour}" : level);
        var exception = logEntry.Exception is { } thrown ? $" {LogText.OneLine(thrown)}" : "";
        textWriter.WriteLine(LogText.Escape(
            $": {logEntry.Category}[{logEntry.EventId.Id}] {logEntry.Formatter(logEntry.State, logEntry.Exception)}{exception}"));
    }

    private static (string Level, string Colour) Describe(LogLevel level) => level switch
    {
        LogLevel.Critical => ("crit", "\u001b[1m\u001b[37m\u001b[41m"),
        LogLevel.Error => ("fail", "\u001b[30m\u001b[41m"),
        LogLevel.Warning => ("warn", "\u001b[1m\u001b[33m\u001b[40m"),
        LogLevel.Information => ("info", "\u001b[32m\u001b[40m"),
        LogLevel.Debug => ("dbug", "\u001b[37m\u001b[40m"),
        _ => ("trce", "\u001b[37m\u001b[40m"),
    };
}
