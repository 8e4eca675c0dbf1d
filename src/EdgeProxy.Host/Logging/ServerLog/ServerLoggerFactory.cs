using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EdgeProxy.Host.Logging.ServerLog;

/// <summary>
/// A logger factory with a filter on the server's entries: filters by level and category do not suffice, as the server's
/// categories have both entries that operators must see and entries with which a client could fill the log.
/// </summary>
internal sealed class ServerLoggerFactory : ILoggerFactory
{
    private readonly LoggerFactory _log;

    public ServerLoggerFactory(LoggerFactory log)
    {
        _log = log;
    }

    /// <summary>Wraps the registered factory.</summary>
    public static void Wrap(IServiceCollection services)
    {
        services.AddSingleton<LoggerFactory>();
        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory, ServerLoggerFactory>());
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName)
    {
        var logger = _log.CreateLogger(categoryName);
        return categoryName == HostLogger.Category ? new HostLogger(logger)
            : categoryName.StartsWith(ClientCausedEntries.Category, StringComparison.Ordinal) ? new ServerLogger(logger)
            : logger;
    }

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => _log.AddProvider(provider);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The inner factory is disposed by its owner.
    }
}
