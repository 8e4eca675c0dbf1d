using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Events;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Http.Tls;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Operations.Export;
using EdgeProxy.Host.Operations.Exposition;
using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Server;

/// <summary>Composes the services that count, and those that show and export what is counted.</summary>
internal static class MetricsComposition
{
    /// <summary>Registers the services.</summary>
    public static void Add(IServiceCollection services, TimeSpan pollInterval, OtlpVariables exported)
    {
        services.AddMetrics();
        services.AddSingleton<ServerMetrics>();
        services.AddSingleton<ConnectionCount>();
        services.AddSingleton(provider => new MetricCatalog(
            provider.GetRequiredService<EnvironmentRegistry>(),
            provider.GetRequiredService<ServerMetrics>(),
            provider.GetRequiredService<ConnectionCount>(),
            provider.GetRequiredService<HealthMonitor>(),
            provider.GetRequiredService<FlagCountsLedger>(),
            provider.GetRequiredService<AnalyticsMetrics>(),
            provider.GetRequiredService<AnalyticsOptions>(),
            provider.GetRequiredService<EventMetrics>(),
            provider.GetRequiredService<TraitQueue>(),
            provider.GetRequiredService<TraitMetrics>(),
            pollInterval,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ServerCertificate>(),
            provider.GetService<FleetContext>()));
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
}
