using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Testing;

/// <summary>Keeps what was logged.</summary>
internal sealed class LogCollector : ILoggerProvider
{
    private readonly ConcurrentQueue<LogEntry> _entries = [];

    /// <summary>The log entries so far.</summary>
    public IReadOnlyCollection<LogEntry> Entries => _entries;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(_entries);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>Waits until something was logged that fits.</summary>
    public async Task<LogEntry> WaitForAsync(Func<LogEntry, bool> fits)
    {
        await Patience.UntilAsync(() => _entries.Any(fits), "a log entry");
        return _entries.First(fits);
    }

    private sealed class Logger(ConcurrentQueue<LogEntry> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue(new LogEntry(logLevel, eventId.Id, formatter(state, exception), exception));
    }
}
