using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EdgeProxy.Host.Logging.ServerLog;

/// <summary>
/// The log, with a check on what the server writes to it: filters know levels and categories, but in the server's categories
/// there is both what operators must see and what a client could fill the log with.
/// </summary>
internal sealed class ServerLoggerFactory : ILoggerFactory
{
    private readonly LoggerFactory _log;

    public ServerLoggerFactory(LoggerFactory log)
    {
        _log = log;
    }

    /// <summary>Puts it around the log that was registered.</summary>
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
        // The log belongs to whoever made it.
    }
}
