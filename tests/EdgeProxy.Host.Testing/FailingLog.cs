using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Testing;

/// <summary>A log that cannot be written to, for what types of some namespaces say.</summary>
internal sealed class FailingLog(params string[] namespaces) : ILoggerProvider
{
    private int _failures;

    /// <summary>The number of failures.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, namespaces.Any(categoryName.Contains));

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Logger(FailingLog log, bool fails) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (fails)
            {
                Interlocked.Increment(ref log._failures);
                throw new IOException("The disk is full.");
            }
        }
    }
}
