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
        if (IsEnabled(logLevel) && !IsKestrelsOwn(formatter(state, exception), exception))
        {
            Interlocked.CompareExchange(ref _first, $"{logLevel}: {formatter(state, exception)} {exception}", comparand: null);
        }
    }

    /// <summary>
    /// Kestrel says as an error that the rest of a malformed body, which nobody asked it for, is malformed. Nothing of ours is
    /// on the way, and nothing of ours can be: it happens when the request is over.
    /// </summary>
    private static bool IsKestrelsOwn(string message, Exception? exception) =>
        message.Contains("automatic draining of the request body failed", StringComparison.Ordinal)
        && exception?.Message.StartsWith("Reading is already in progress", StringComparison.Ordinal) == false;
}
