using System.Text.Json.Nodes;
using EdgeProxy.Host.Changes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Endpoints;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Explanations;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.AccessLogging;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Http.Ofrep;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Http.Tls;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Logging.ServerLog;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Offline;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Operations.Export;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Sampling;
using EdgeProxy.Host.Server.WarmUp;
using EdgeProxy.Host.Streams;
using EdgeProxy.Host.Traits;
using EdgeProxy.Host.Upstream;
using EdgeProxy.Host.Upstream.Analytics;
using EdgeProxy.Host.Upstream.Discovery;
using EdgeProxy.Host.Upstream.Polling;
using EdgeProxy.Host.Upstream.Streams;
using EdgeProxy.Host.Upstream.Traits;
using EdgeProxy.Host.Upstream.Usage;
using EdgeProxy.Host.Usage;
using EdgeProxy.Host.WebConsole;
using Microsoft.IO;

namespace EdgeProxy.Host.Server;

/// <summary>Composes the proxy: a server with one application, and the services that keep its environments current.</summary>
internal static class ProxyApplication
{
    // The buffers of fetched documents that are kept for the next fetch; without a limit those of the largest document would be kept forever.
    private const long MaxRetainedBufferBytes = 16 * 1024 * 1024;

    /// <summary>Builds the application, ready to start.</summary>
    /// <param name="options">The options.</param>
    /// <param name="offline">The offline documents.</param>
    /// <param name="time">The clock of all components.</param>
    /// <param name="configureLogging">Configures logging.</param>
    /// <param name="followed">The origin of the configuration, to watch its file; null not to.</param>
    /// <param name="adjust">Replaces services; null to have them all.</param>
    public static WebApplication Build(
        ProxyOptions options,
        IReadOnlyList<OfflineDocument> offline,
        TimeProvider time,
        Action<ILoggingBuilder> configureLogging,
        ConfigurationResult? followed = null,
        Action<IServiceCollection>? adjust = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseSockets(sockets =>
        {
            sockets.MaxReadBufferSize = ListenerSetup.ReadBufferOf(options.Limits);
            InlineTransport.Configure(sockets);
            sockets.Backlog = ListenerSetup.Backlog;
        });
        builder.WebHost.ConfigureKestrel(kestrel => ListenerSetup.Configure(kestrel, options));
        builder.Services.Configure<HostOptions>(host =>
        {
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
            host.ShutdownTimeout = options.Shutdown.Timeout;
        });
        configureLogging(builder.Logging);
        var warnings = new RecentWarnings(time);
        builder.Logging.AddProvider(warnings);

        var services = builder.Services;
        services.AddSingleton(warnings);
        services.AddSingleton(EffectiveSettings.Of(ProxySettings.Catalog, followed?.Settings ?? new JsonObject(), followed?.Origins ?? new SettingOrigins()));
        AddOptions(services, options);
        services.AddSingleton(offline);
        services.AddSingleton(time);
        ServerLoggerFactory.Wrap(services);
        services.AddSingleton(CreateRegistry(options, offline, time));
        services.AddSingleton(_ => new CompilationQueue(CompilationQueue.DefaultMaxAtOnce, time));
        services.AddSingleton<ICompilationQueue>(static provider => provider.GetRequiredService<CompilationQueue>());
        services.AddSingleton(static _ => MemoryLimit.OfProcess());
        services.AddSingleton<DocumentAdmission>();
        services.AddSingleton<IVersionGate, VersionGate>();
        services.AddSingleton<EnvironmentPublisher>();
        services.AddSingleton<ChangeHistory>();
        services.AddHostedService<ChangeRecorder>();
        services.AddSingleton(new RecyclableMemoryStreamManager(new RecyclableMemoryStreamManager.Options
        {
            MaximumSmallPoolFreeBytes = MaxRetainedBufferBytes,
            MaximumLargePoolFreeBytes = MaxRetainedBufferBytes,
        }));
        services.AddSingleton(_ => UpstreamClient.Create(options.Upstream, Environment.GetEnvironmentVariable));
        services.AddSingleton(static provider => new ClockWatch(TimeProvider.System, provider.GetRequiredService<ILogger<ClockWatch>>())); // the machine's clock is the one in question
        services.AddSingleton<UpstreamSender>();
        services.AddSingleton<PageFetcher>();
        services.AddSingleton<DocumentFetcher>();
        services.AddSingleton<FetchTroubleLog>();
        if (options.Persistence.SnapshotDirectory is not null)
        {
            services.AddSingleton<DocumentFiles>();
            services.AddSingleton<IDocumentStore, FileDocumentStore>();
        }

        FleetComposition.Add(services, options);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PersistenceService>(provider, options.Upstream.ApiUrl));
        services.AddSingleton<ShutdownPhase>();
        services.AddSingleton(new WarmUpPhase(isOver: !WarmUpService.IsUseful(options.Server.WarmUp)));
        services.AddSingleton<ShutdownSequence>();
        services.AddSingleton<IHostLifetime>(static provider => provider.GetRequiredService<ShutdownSequence>());
        services.AddSingleton(provider => new HealthMonitor(
            provider.GetRequiredService<EnvironmentRegistry>(),
            options.HealthCheck,
            options.Upstream.ApiPollFrequency,
            options.Upstream.ProxyKey is not null,
            provider.GetRequiredService<ShutdownPhase>(),
            time,
            provider.GetService<FleetContext>(),
            provider.GetRequiredService<WarmUpPhase>()));
        services.AddSingleton<EnvironmentListing>();
        services.AddSingleton<Explainer>();
        services.AddSingleton<ExplanationQueue>();
        services.AddSingleton<ReadinessFaults>();
        services.AddSingleton<RefreshOfAll>();
        services.AddSingleton(provider => new OperatorAccess(options.Operators, options.IsOnlyDemo ? provider.GetRequiredService<EnvironmentRegistry>() : null));
        services.AddSingleton(new ConsoleOptions(options.Operators.HasConsole, IsAtRoot: options is { IsOnlyDemo: true, Operators.HasListener: false }));
        services.AddSingleton<ConsoleAssets>();
        services.AddSingleton<CorsPolicy>();
        services.AddSingleton(provider => new LoadShedder(options.Overload.MaxConcurrentRequests, provider.GetRequiredService<ServerMetrics>(), time));
        services.AddSingleton<AccessLog>();
        services.AddSingleton<OffloadedRequests>();
        services.AddSingleton<EvaluationReport>();
        services.AddSingleton<EntityTagCache>();
        services.AddSingleton<CatchUp>();
        AnalyticsComposition.Add(services, options, time);
        services.AddSingleton<TraitMetrics>();
        services.AddSingleton<TraitSources>();
        services.AddSingleton<TraitIntake>();
        services.AddSingleton<TraitQueue>();
        services.AddSingleton<TraitSender>();
        services.AddSingleton<TraitMemory>();
        services.AddSingleton<IPassThrough, PassThrough>();
        services.AddSingleton(provider => StreamLimit.Of(options.Streams, provider.GetRequiredService<LimitedListenerFactory>().MaxConnections));
        services.AddSingleton<StreamBrake>();
        services.AddSingleton<StreamHub>();
        EndpointTable.Register(services);
        services.AddSingleton<MistypedPaths>();
        services.AddSingleton<RequestDispatcher>();
        services.AddSingleton<FailedRequests>();
        services.AddSingleton<SdkApplication>();
        MetricsComposition.Add(services, options.Upstream.ApiPollFrequency, OtlpVariables.Read(Environment.GetEnvironmentVariable));
        SdkServer.Wrap(services);
        if (options.Tls.IsEnabled)
        {
            services.AddSingleton(provider => new ServerCertificate(
                options.Tls, options.Server.Http2, time, provider.GetRequiredService<ILogger<ServerCertificate>>()));
            services.AddHostedService(static provider => provider.GetRequiredService<ServerCertificate>());
        }

        ListenerComposition.Add(services, options);
        services.AddHostedService(static provider => provider.GetRequiredService<ListenerWatchdog>());
        if (options.Overload.MaxQueueDelay > TimeSpan.Zero)
        {
            services.AddHostedService(provider => new OverloadMonitor(
                provider.GetRequiredService<LoadShedder>(), provider.GetRequiredService<ServerMetrics>(),
                provider.GetRequiredService<EnvironmentRegistry>(), options.Overload, TimeProvider.System, provider.GetRequiredService<ILogger<OverloadMonitor>>()));
        }

        // Services are stopped in reverse order: this one after all services that save documents.
        services.AddHostedService(static provider => provider.GetRequiredService<PersistenceService>());
        if (options.Upstream.ProxyKey is not null)
        {
            AddDiscovery(services);
        }

        if (options.Analytics.IsEnabled)
        {
            services.AddHostedService<FlagAnalyticsReporter>();
        }

        if (options.Traits.IsEnabled)
        {
            services.AddHostedService<TraitForwarder>();
        }

        services.AddHostedService<OfflineService>();
        services.AddHostedService<PollingService>();
        if (options.UpstreamStreams.Url is not null)
        {
            services.AddSingleton(options.UpstreamStreams);
            services.AddSingleton<StreamLog>();
            services.AddHostedService<StreamService>();
        }

        if (options.HealthCheck.Readiness.Named.Count > 0)
        {
            services.AddHostedService<ReadinessWatch>();
        }

        if (WarmUpService.IsUseful(options.Server.WarmUp))
        {
            services.AddHostedService(provider => new WarmUpService(
                options.Server.WarmUp,
                provider.GetRequiredService<HealthMonitor>(),
                provider.GetRequiredService<EnvironmentRegistry>(),
                provider.GetRequiredService<WarmUpPhase>(),
                provider.GetRequiredService<ShutdownPhase>(),
                environments => WarmUpServer.StartAsync(options, environments),
                TimeProvider.System,
                provider.GetRequiredService<ILogger<WarmUpService>>()));
        }

        if (followed?.Origin is { } origin)
        {
            services.AddSingleton<ConfiguredEnvironments>();
            services.AddSingleton(followed);
            services.AddSingleton(origin);
            services.AddHostedService<ConfigurationFollower>();
        }

        adjust?.Invoke(services);
        return builder.Build();
    }

    /// <summary>Registers the options of each component separately.</summary>
    private static void AddOptions(IServiceCollection services, ProxyOptions options)
    {
        services.AddSingleton(options.Upstream);
        services.AddSingleton(options.Documents);
        services.AddSingleton(options.Changes);
        services.AddSingleton(options.Persistence);
        services.AddSingleton(options.Cors);
        services.AddSingleton(options.Revision);
        services.AddSingleton(options.Identities);
        services.AddSingleton(options.Analytics);
        services.AddSingleton(options.Ofrep);
        services.AddSingleton(options.Events);
        services.AddSingleton(options.Traits);
        services.AddSingleton(options.Shutdown);
        services.AddSingleton(options.Operators);
        services.AddSingleton(options.AccessLog);
        services.AddSingleton(options.Metrics);
        services.AddSingleton(options.Realtime);
        services.AddSingleton(options.Streams);
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
