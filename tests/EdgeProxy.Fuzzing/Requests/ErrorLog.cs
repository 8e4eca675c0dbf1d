using Microsoft.Extensions.Logging;

namespace EdgeProxy.Fuzzing.Requests;

/// <summary>A log that keeps the first error: whatever a client sends, it is never one for operators.</summary>
internal sealed class ErrorLog : ILoggerProvider, ILogger
{
    private string? _first;

    /// <summary>The first error since it was last asked for; null if there was none.</summary>
    public string? Take() => Interlocked.Exchange(ref _first, null);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing to give back.
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) || IsLowered(formatter(state, exception), exception))
        {
            Interlocked.CompareExchange(ref _first, $"{logLevel}: {formatter(state, exception)} {exception}", comparand: null);
        }
    }

    /// <summary>
    /// Entries that Kestrel logs as warnings or errors, and the proxy as debugging, because clients can cause them: that it did not
    /// foresee something, or that a body is still being read when its request is over, which is a mistake of ours. That the
    /// rest of a body is malformed is none.
    /// </summary>
    private static bool IsLowered(string message, Exception? exception) =>
        message.Contains("ended abnormally", StringComparison.Ordinal)
        || (message.Contains("automatic draining of the request body failed", StringComparison.Ordinal)
            && exception?.Message.StartsWith("Reading is already in progress", StringComparison.Ordinal) == true);
}
