using EdgeProxy.Host.Logging.Files;
using Microsoft.Extensions.Logging.Console;

namespace EdgeProxy.Host.Logging.Output;

/// <summary>Configures the log on the standard output and in files: one line per entry, readable or JSON.</summary>
internal static class ConsoleLog
{
    /// <summary>Configures the log.</summary>
    public static void Configure(ILoggingBuilder logging, LoggingOptions options)
    {
        logging.SetMinimumLevel(options.Level);

        // The framework's own entries are logged only from warning level on, unless everything is logged.
        logging.AddFilter("Microsoft", options.Level <= LogLevel.Debug ? options.Level : LogLevel.Warning);
        logging.AddFilter("System", options.Level <= LogLevel.Debug ? options.Level : LogLevel.Warning);

        // It quotes input that it could not parse, which may contain a key.
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.None);
        foreach (var file in options.Sinks.Files)
        {
            logging.AddProvider(new FileLogProvider(file, options.MessageFieldName, TimeProvider.System));
        }

        if (options.Sinks is { ConsoleTakesLog: false, ConsoleTakesAccessLog: false })
        {
            return;
        }

        if (!options.Sinks.ConsoleTakesLog)
        {
            logging.AddFilter<ConsoleLoggerProvider>(category: null, LogLevel.None).AddFilter<ConsoleLoggerProvider>(AccessLogEntry.Category, options.Level);
        }
        else if (!options.Sinks.ConsoleTakesAccessLog)
        {
            logging.AddFilter<ConsoleLoggerProvider>(AccessLogEntry.Category, LogLevel.None);
        }

        // A blocked terminal must not delay the threads that serve requests: entries beyond the queue are dropped.
        logging.Services.Configure<ConsoleLoggerOptions>(static console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
        if (options.IsJson)
        {
            logging.AddConsole(static console => console.FormatterName = JsonLogFormatter.FormatterName);
            logging.Services.AddSingleton<ConsoleFormatter>(new JsonLogFormatter(options.MessageFieldName, TimeProvider.System));
        }
        else
        {
            logging.AddConsole(static console => console.FormatterName = GenericLogFormatter.FormatterName);
            logging.Services.AddSingleton<ConsoleFormatter>(new GenericLogFormatter(options.IsColoured, TimeProvider.System));
        }
    }
}
