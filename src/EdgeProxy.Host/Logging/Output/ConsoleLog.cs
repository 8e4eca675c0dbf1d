using EdgeProxy.Host.Logging.Files;
using Microsoft.Extensions.Logging.Console;

namespace EdgeProxy.Host.Logging.Output;

/// <summary>The log on the standard output, and in files: a line an entry, for people or for machines.</summary>
internal static class ConsoleLog
{
    /// <summary>Sets it up.</summary>
    public static void Configure(ILoggingBuilder logging, LoggingOptions options)
    {
        logging.SetMinimumLevel(options.Level);

        // The framework's own word counts only where something is wrong, unless everything is wanted.
        logging.AddFilter("Microsoft", options.Level <= LogLevel.Debug ? options.Level : LogLevel.Warning);
        logging.AddFilter("System", options.Level <= LogLevel.Debug ? options.Level : LogLevel.Warning);

        // It quotes what it could not read, and that may be the line with a key.
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.None);
        foreach (var file in options.Files)
        {
            logging.AddProvider(new FileLogProvider(file, options.MessageFieldName, TimeProvider.System));
        }

        // A terminal that stands still must not hold up the threads that requests are answered on: what is then too much is lost.
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
