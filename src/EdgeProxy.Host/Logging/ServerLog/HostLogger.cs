namespace EdgeProxy.Host.Logging.ServerLog;

/// <summary>
/// The log of the framework's host. What it says of a start that fails, and of services that are cancelled because of it or
/// because the proxy stops, is at debug level: whoever started the proxy is told the reason in one line instead of six traces.
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
