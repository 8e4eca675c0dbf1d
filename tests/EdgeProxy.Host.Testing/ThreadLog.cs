using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Testing;

/// <summary>Keeps whether messages were logged on the thread pool, by their ids.</summary>
internal sealed class ThreadLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(int EventId, bool IsOnThreadPool)> _entries = [];

    /// <summary>The log entries so far.</summary>
    public IReadOnlyCollection<(int EventId, bool IsOnThreadPool)> Entries => _entries;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(_entries);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<(int EventId, bool IsOnThreadPool)> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue((eventId.Id, Thread.CurrentThread.IsThreadPoolThread));
    }
}
