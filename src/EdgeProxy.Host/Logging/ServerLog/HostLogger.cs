namespace EdgeProxy.Host.Logging.ServerLog;

/// <summary>
/// The log of the framework's host. Its entries about a failed start, and about services that are cancelled because of it
/// or because the proxy stops, are at debug level: the proxy reports the reason in one line instead of six traces.
/// </summary>
internal sealed class HostLogger : ILogger
{
    /// <summary>The category of its entries.</summary>
    public const string Category = "Microsoft.Extensions.Hosting.Internal.Host";

    private const string StartFailed = "HostedServiceStartupFaulted";

    private readonly ILogger _logger;

    /// <param name="logger">The logger to write to.</param>
    public HostLogger(ILogger logger)
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
        _logger.Log(eventId.Name == StartFailed || exception is OperationCanceledException ? LogLevel.Debug : logLevel, eventId, state, exception, formatter);
}
