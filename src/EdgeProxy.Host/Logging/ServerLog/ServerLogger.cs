namespace EdgeProxy.Host.Logging.ServerLog;

/// <summary>A logger of the server that lowers entries caused by clients to debug level.</summary>
internal sealed class ServerLogger : ILogger
{
    private readonly ILogger _logger;

    /// <param name="logger">The logger to write to.</param>
    public ServerLogger(ILogger logger)
    {
        _logger = logger;
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => _logger.BeginScope(state);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => _logger.IsEnabled(logLevel);

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _logger.Log(ClientCausedEntries.Contains(eventId, state) ? LogLevel.Debug : logLevel, eventId, state, exception, formatter);
}
