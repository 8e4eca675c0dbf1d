using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeProxy.Host.Logging.Output;

/// <summary>
/// Formats the errors that prevent a start, before there is a log: as text for people, or, with <c>logging.log_format</c>
/// set to <c>json</c>, an object for each of them.
/// </summary>
internal static class StartupErrors
{
    /// <summary>Formats errors; one line each, and the summary before them in text.</summary>
    /// <param name="options">The format.</param>
    /// <param name="eventId">The id of the entries.</param>
    /// <param name="summary">The action that failed.</param>
    /// <param name="errors">The reasons; none if the summary says it all.</param>
    /// <param name="level">The level of the entries.</param>
    public static string Format(LoggingOptions options, int eventId, string summary, IReadOnlyList<string> errors, LogLevel level = LogLevel.Critical)
    {
        if (!options.IsJson)
        {
            return string.Join(Environment.NewLine, [errors.Count == 0 ? summary : $"{summary}:", .. errors.Select(static error => $"  {LogText.Escape(error)}")]);
        }

        var formatter = new JsonLogFormatter(options.MessageFieldName, TimeProvider.System);
        using var text = new StringWriter();
        foreach (var error in errors.DefaultIfEmpty(""))
        {
            var values = new StartupError(summary, error);
            formatter.Write(
                new LogEntry<StartupError>(level, nameof(EdgeProxy), new EventId(eventId), values, exception: null, static (state, _) => state.ToString()),
                scopeProvider: null,
                text);
        }

        return text.ToString().TrimEnd();
    }
}
