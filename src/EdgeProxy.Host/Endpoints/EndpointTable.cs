using System.Diagnostics.CodeAnalysis;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Operations;

namespace EdgeProxy.Host.Endpoints;

/// <summary>The table of all endpoints. A new endpoint is a class and a line here.</summary>
internal static class EndpointTable
{
    private static readonly EndpointEntry[] All =
    [
        Entry<FlagsEndpoint>(),
        Entry<IdentitiesEndpoint>(),
        Entry<EnvironmentDocumentEndpoint>(),
        Entry<FlagAnalyticsEndpoint>(),
        Entry<OfrepSingleEndpoint>(),
        Entry<OfrepBulkEndpoint>(),
        Entry<OfrepStreamEndpoint>(),
        Entry<EvaluationAnalyticsEndpoint>(),
        Entry<EventsEndpoint>(),
        Entry<SetTraitEndpoint>(),
        Entry<SetTraitsEndpoint>(),
        Entry<IncrementTraitEndpoint>(),
        Entry<BulkIdentitiesEndpoint>(),
        Entry<ReadinessEndpoint>(),
        Entry<LivenessEndpoint>(),
        Entry<EnvironmentsEndpoint>(),
        Entry<FleetEndpoint>(),
        Entry<ChangesEndpoint>(),
        Entry<ReleaseEndpoint>(),
        Entry<ExplainEndpoint>(),
        Entry<SettingsEndpoint>(),
        Entry<WarningsEndpoint>(),
        Entry<ConsoleEndpoint>(),
        Entry<RealtimeStreamEndpoint>(),
        Entry<QueueChangeEndpoint>(),
        Entry<WebhookEndpoint>(),
        Entry<MetricsEndpoint>(),
        Entry<RootEndpoint>(),
        Entry<FaviconEndpoint>(),
    ];

    /// <summary>The definitions, in the order of the table.</summary>
    public static IEnumerable<EndpointDefinition> Definitions => All.Select(static entry => entry.Definition);

    /// <summary>Registers the handlers, and the router that finds them.</summary>
    public static void Register(IServiceCollection services)
    {
        foreach (var entry in All)
        {
            entry.Register(services);
        }

        services.AddSingleton(static provider => new EndpointRouter(
            All.Select(entry => new EndpointRoute(entry.Definition, entry.Resolve(provider))), provider.GetRequiredService<MetricsOptions>(), provider.GetRequiredService<OperatorOptions>()));
    }

    private static EndpointEntry Entry<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : EndpointHandler, IEndpointDefinition =>
        new(T.Definition, static services => services.AddSingleton<T>(), static provider => provider.GetRequiredService<T>());
}
