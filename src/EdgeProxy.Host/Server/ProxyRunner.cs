using System.Net.Sockets;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Http.Tls;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Logging.Output;
using EdgeProxy.Host.Offline;
using EdgeProxy.Host.Operations.Exposition;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace EdgeProxy.Host.Server;

/// <summary>
/// Runs the proxy from configuration to exit code. Problems at the start are reported to standard error, all at once.
/// </summary>
internal static partial class ProxyRunner
{
    private const int Failure = 1;

    /// <summary>Runs until shutdown is requested.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="cancellationToken">Requests shutdown.</param>
    public static async Task<int> RunAsync(ConfigurationResult configuration, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        if (await StartupCheck.RunAsync(configuration, configuration.Options.Logging) is not { } offline)
        {
            return Failure;
        }

        await using var application = await TryStartAsync(configuration, offline, cancellationToken);
        if (application is null)
        {
            return Failure;
        }

        LogStart(application, configuration);
        if (configuration.Options.Demo)
        {
            await Console.Out.WriteLineAsync(DemoGuide.Text(AddressesOf(application).First()));
        }

        await RunToTheEndAsync(application, configuration.Options, cancellationToken);
        var exitCode = application.Services.GetRequiredService<ListenerWatchdog>().HasFailed ? Failure : 0;
        LogEnd(application, exitCode, started);
        return exitCode;
    }

    private static async Task RunToTheEndAsync(WebApplication application, ProxyOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await application.WaitForShutdownAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Log.RequestsAborted(LoggerOf(application), options.Shutdown.Timeout.TotalSeconds);
        }
    }

    /// <summary>Starts the proxy; null if a listener cannot be bound, which is reported.</summary>
    private static async Task<WebApplication?> TryStartAsync(ConfigurationResult configuration, IReadOnlyList<OfflineDocument> offline, CancellationToken cancellationToken)
    {
        var options = configuration.Options;
        WebApplication? application = null;
        try
        {
            application = ProxyApplication.Build(
                options, offline, TimeProvider.System, logging => ConsoleLog.Configure(logging, options.Logging), configuration);
            await application.StartAsync(cancellationToken);
            return application;
        }
        catch (Exception exception) when (exception is IOException or SocketException or CertificateException)
        {
            await Console.Error.WriteLineAsync(
                StartupErrors.Format(options.Logging, EventIds.ListenerNotOpened, ListenFailure.Describe(exception, options.Server), []));
            if (application is not null)
            {
                await application.DisposeAsync();
            }

            return null;
        }
    }

    private static void LogStart(WebApplication application, ConfigurationResult configuration)
    {
        var logger = LoggerOf(application);
        foreach (var note in configuration.Notes)
        {
            Log.SettingNote(logger, note);
        }

        foreach (var warning in configuration.Warnings)
        {
            Log.SettingWarning(logger, warning);
        }

        var options = configuration.Options;
        Log.Started(
            logger,
            string.Join(", ", AddressesOf(application)),
            typeof(ProxyRunner).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "",
            ServedEnvironments.Describe(options));
    }

    private static void LogEnd(WebApplication application, int exitCode, long started)
    {
        var requests = application.Services.GetRequiredService<MetricCatalog>().CountRequests();
        Log.Stopped(LoggerOf(application), exitCode, new LogPeriod(TimeProvider.System.GetElapsedTime(started)), Quantity.Of(requests, "request"));
    }

    private static ILogger LoggerOf(WebApplication application) =>
        application.Services.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(EdgeProxy));

    private static ICollection<string> AddressesOf(WebApplication application) =>
        application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    private static partial class Log
    {
        [LoggerMessage(EventIds.Started, LogLevel.Information,
            "Listening on {Addresses}; EdgeProxy {Version}; {Environments}")]
        public static partial void Started(ILogger logger, string addresses, string version, string environments);

        [LoggerMessage(EventIds.RequestsAborted, LogLevel.Warning, "Unfinished requests were aborted after {Seconds} s; raise server.shutdown_timeout_seconds if they need longer")]
        public static partial void RequestsAborted(ILogger logger, double seconds);

        [LoggerMessage(EventIds.Stopped, LogLevel.Information, "Stopped with exit code {ExitCode} after {Uptime}; answered {Requests}")]
        public static partial void Stopped(ILogger logger, int exitCode, LogPeriod uptime, string requests);

        [LoggerMessage(EventIds.SettingNote, LogLevel.Information, "{Note}")]
        public static partial void SettingNote(ILogger logger, string note);

        [LoggerMessage(EventIds.SettingWarning, LogLevel.Warning, "{Warning}")]
        public static partial void SettingWarning(ILogger logger, string warning);
    }
}
