using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Logging;

/// <summary>Levels of the log by Python's names.</summary>
internal static class LogLevels
{
    /// <summary>The names as values of a setting.</summary>
    public static readonly TypedForm<LogLevel> Form = new ChoiceForm<LogLevel>(
        ("CRITICAL", LogLevel.Critical),
        ("ERROR", LogLevel.Error),
        ("WARNING", LogLevel.Warning),
        ("INFO", LogLevel.Information),
        ("DEBUG", LogLevel.Debug),
        ("NOTSET", LogLevel.Trace));
}
