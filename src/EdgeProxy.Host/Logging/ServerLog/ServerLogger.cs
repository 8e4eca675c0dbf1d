namespace EdgeProxy.Host.Logging.ServerLog;

/// <summary>A part of the log that the server writes to: what clients cause is at debug level there.</summary>
internal sealed class ServerLogger : ILogger
{
    private readonly ILogger _logger;
    private readonly LogThrottle _rejections;

    /// <param name="logger">Where it goes.</param>
    /// <param name="rejections">When it is time to say that connections are rejected.</param>
    public ServerLogger(ILogger logger, LogThrottle rejections)
    {
        _logger = logger;
        _rejections = rejections;
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => _logger.BeginScope(state);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => _logger.IsEnabled(logLevel);

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var isOperatorsOnly = !ClientCausedEntries.Contains(eventId, state) || (eventId.Name == ClientCausedEntries.ConnectionRejected && _rejections.ShouldLog());
        _logger.Log(isOperatorsOnly ? logLevel : LogLevel.Debug, eventId, state, exception, formatter);
    }
}
