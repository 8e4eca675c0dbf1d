using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Endpoints;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.AccessLogging;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Http.Tls;
using EdgeProxy.Host.Logging.ServerLog;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Offline;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Operations.Export;
using EdgeProxy.Host.Operations.Exposition;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Upstream;
using EdgeProxy.Host.Upstream.Discovery;
using EdgeProxy.Host.Upstream.Usage;
using EdgeProxy.Host.Usage;
using Microsoft.IO;

namespace EdgeProxy.Host.Server;

/// <summary>Puts the proxy together: a server with one application, and what keeps its environments current.</summary>
internal static class ProxyApplication
{
    // What fetching leaves for the next fetch; without a limit the buffers of the largest document would stay for ever.
    private const long MaxBufferBytesKept = 16 * 1024 * 1024;

    /// <summary>Builds it, ready to start.</summary>
    /// <param name="options">What the operator set.</param>
    /// <param name="offline">The documents that are served without an upstream.</param>
    /// <param name="time">The clock of everything.</param>
    /// <param name="configureLogging">Where the log goes.</param>
    /// <param name="followed">The whole configuration, if changes of its file are to be followed.</param>
    public static WebApplication Build(
        ProxyOptions options,
        IReadOnlyList<OfflineDocument> offline,
        TimeProvider time,
        Action<ILoggingBuilder> configureLogging,
        ConfigurationResult? followed = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseSockets(static sockets =>
        {
            InlineTransport.Configure(sockets);
            sockets.Backlog = ListenerSetup.Backlog;
        });
        builder.WebHost.ConfigureKestrel(kestrel => ListenerSetup.Configure(kestrel, options));
        builder.Services.Configure<HostOptions>(host =>
        {
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
            host.ShutdownTimeout = options.Server.ShutdownTimeout;
        });
        configureLogging(builder.Logging);

        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(offline);
        services.AddSingleton(time);
        ServerLoggerFactory.Wrap(services);
        services.AddSingleton(CreateRegistry(options, offline, time));
        services.AddSingleton(static _ => new CompilationQueue(CompilationQueue.DefaultMaxAtOnce));
        services.AddSingleton<DocumentAdmission>();
        services.AddSingleton<EnvironmentPublisher>();
        services.AddSingleton(new RecyclableMemoryStreamManager(new RecyclableMemoryStreamManager.Options
        {
            MaximumSmallPoolFreeBytes = MaxBufferBytesKept,
            MaximumLargePoolFreeBytes = MaxBufferBytesKept,
        }));
        services.AddSingleton(static provider => UpstreamClient.Create(provider.GetRequiredService<ProxyOptions>()));
        services.AddSingleton<UpstreamSender>();
        services.AddSingleton<PageFetcher>();
        services.AddSingleton<DocumentFetcher>();
        services.AddSingleton<FileDocumentStore>();
        services.AddSingleton<PersistenceService>();
        services.AddSingleton<ShutdownPhase>();
        services.AddSingleton<ShutdownSequence>();
        services.AddSingleton<IHostLifetime>(static provider => provider.GetRequiredService<ShutdownSequence>());
        services.AddSingleton<HealthMonitor>();
        services.AddSingleton<EnvironmentListing>();
        services.AddSingleton<OperatorAccess>();
        services.AddSingleton<CorsPolicy>();
        services.AddSingleton(provider => new LoadShedder(options.Server.Limits.MaxConcurrentRequests, provider.GetRequiredService<ServerMetrics>()));
        services.AddSingleton<AccessLog>();
        EndpointTable.Register(services);
        services.AddSingleton<MistypedPaths>();
        services.AddSingleton<RequestDispatcher>();
        services.AddSingleton<FailedRequests>();
        services.AddSingleton<SdkApplication>();
        AddMetrics(services, OtlpVariables.Read(Environment.GetEnvironmentVariable));
        SdkServer.Wrap(services);
        if (options.Server.Tls is { } tls)
        {
            services.AddSingleton(provider => new ServerCertificate(
                tls, options.Server.Http2, time, provider.GetRequiredService<ILogger<ServerCertificate>>()));
            services.AddHostedService(static provider => provider.GetRequiredService<ServerCertificate>());
        }

        if (options.Server.Limits.MaxQueueDelay > TimeSpan.Zero)
        {
            services.AddHostedService(provider => new OverloadMonitor(
                provider.GetRequiredService<LoadShedder>(), options, TimeProvider.System, provider.GetRequiredService<ILogger<OverloadMonitor>>()));
        }

        // Services are stopped in reverse order: this one when nobody has anything to keep any more.
        services.AddHostedService(static provider => provider.GetRequiredService<PersistenceService>());
        if (options.ProxyKey is not null)
        {
            AddDiscovery(services);
        }

        services.AddHostedService<OfflineService>();
        services.AddHostedService<PollingService>();
        if (options.HealthCheck.Readiness.Named.Count > 0)
        {
            services.AddHostedService<ReadinessWatch>();
        }

        if (followed?.Origin is { } origin)
        {
            services.AddSingleton<ConfiguredEnvironments>();
            services.AddSingleton(followed);
            services.AddSingleton(origin);
            services.AddHostedService<ConfigurationFollower>();
        }

        return builder.Build();
    }

    private static void AddMetrics(IServiceCollection services, OtlpVariables exported)
    {
        services.AddMetrics();
        services.AddSingleton<ServerMetrics>();
        services.AddSingleton<ConnectionCount>();
        services.AddSingleton<MetricCatalog>();
        services.AddSingleton<ExportedDurations>();
        services.AddSingleton<RequestTracer>();
        services.AddSingleton<RequestRecorder>();
        if (exported.IsEnabled)
        {
            // Started first, and so stopped last: when there is nothing more to count.
            services.AddSingleton(exported);
            services.AddHostedService<OtlpExport>();
        }
    }

    private static void AddDiscovery(IServiceCollection services)
    {
        services.AddSingleton<UsageLedger>();
        services.AddSingleton<UsageSender>();
        services.AddSingleton<ProxyConfigFetcher>();
        services.AddSingleton<DiscoveredEnvironments>();

        // Stopped in the opposite order, the server before them all: what else stops has done so when the last is reported.
        services.AddHostedService<UsageReporter>();
        services.AddHostedService<DiscoveryService>();
    }

    private static EnvironmentRegistry CreateRegistry(ProxyOptions options, IReadOnlyList<OfflineDocument> offline, TimeProvider time)
    {
        var configured = options.EnvironmentKeyPairs.Select(
            static pair => new EnvironmentState(pair.ClientSideKey, pair.ServerSideKey, EnvironmentKind.Configured));
        return new EnvironmentRegistry([.. offline.Select(static document => document.Environment), .. configured], time);
    }
}
