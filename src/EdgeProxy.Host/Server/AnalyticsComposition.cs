using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Events;
using EdgeProxy.Host.Persistence.Analytics;
using EdgeProxy.Host.Upstream.Analytics;
using EdgeProxy.Host.Upstream.Events;

namespace EdgeProxy.Host.Server;

/// <summary>Composes the services for the evaluations and experiment events that SDKs send.</summary>
internal static class AnalyticsComposition
{
    /// <summary>Registers the services.</summary>
    public static void Add(IServiceCollection services, ProxyOptions options, TimeProvider time)
    {
        services.AddSingleton<AnalyticsMetrics>();
        services.AddSingleton(provider => new FlagCountsLedger(options.Analytics, provider.GetRequiredService<AnalyticsMetrics>(), time)
        {
            ForwardsEvaluations = options.Upstream.EvaluationsUrl is not null,
        });
        services.AddSingleton<FlagAnalyticsSender>();
        services.AddSingleton<Deliveries>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<FlagCountStore>(provider, options.Upstream.ApiUrl));
        services.AddSingleton<CountKeeper>();
        services.AddSingleton<EventMetrics>();
        services.AddSingleton<IEventForwarder, EventForwarder>();
    }
}
