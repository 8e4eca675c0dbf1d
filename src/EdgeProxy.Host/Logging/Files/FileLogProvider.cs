using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeProxy.Host.Logging.Files;

/// <summary>The log in a file (<c>logging.override</c>).</summary>
internal sealed class FileLogProvider : ILoggerProvider
{
    // The maximum time that a blocked disk may delay the shutdown.
    private static readonly TimeSpan MaxTimeForTheRest = TimeSpan.FromSeconds(2);

    private readonly LogFileOptions _options;
    private readonly JsonLogFormatter _json;
    private readonly TimeProvider _time;
    private readonly LogFile _file;

    public FileLogProvider(LogFileOptions options, string messageFieldName, TimeProvider time)
    {
        _options = options;
        _json = new JsonLogFormatter(messageFieldName, time);
        _time = time;
        _file = new LogFile(options.Path);
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) =>
        (categoryName == AccessLogEntry.Category ? _options.IncludesAccessLog : _options.IncludesLog)
            ? new Logger(this, categoryName)
            : NullLogger.Instance;

    /// <inheritdoc/>
    public void Dispose() => _file.DisposeAsync().AsTask().Wait(MaxTimeForTheRest);

    private string Format<TState>(in LogEntry<TState> entry)
    {
        if (_options.IsJson)
        {
            using var writer = new StringWriter();
            _json.Write(in entry, scopeProvider: null, writer);
            return writer.ToString().TrimEnd();
        }

        var line = new StringBuilder()
            .Append($"{_time.GetUtcNow():yyyy-MM-dd HH:mm:ss.fff} {JsonLogFormatter.NameOf(entry.LogLevel)} {entry.Category}[{entry.EventId.Id}] ")
            .Append(entry.Formatter(entry.State, entry.Exception));
        if (entry.Exception is { } exception)
        {
            line.Append(' ').Append(LogText.OneLine(exception));
        }

        return LogText.Escape(line.ToString());
    }

    private sealed class Logger(FileLogProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= provider._options.Level;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                provider._file.Add(provider.Format(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter!)));
            }
        }
    }
}
