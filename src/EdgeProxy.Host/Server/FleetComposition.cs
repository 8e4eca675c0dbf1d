using System.Security.Cryptography;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Fleet.Redis;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Operations;

namespace EdgeProxy.Host.Server;

/// <summary>Composes the services of a member of a fleet.</summary>
internal static class FleetComposition
{
    /// <summary>Registers the services of a member, if there is a store.</summary>
    public static void Add(IServiceCollection services, ProxyOptions options)
    {
        services.AddSingleton<FleetListing>();
        if (options.Fleet.Store is { } store)
        {
            AddMember(services, options, FleetAddress.Parse(store) ?? throw new ArgumentException("The fleet's store has no valid address.", nameof(options)));
        }
    }

    private static void AddMember(IServiceCollection services, ProxyOptions options, FleetAddress address)
    {
        var settings = new FleetSettings(
            options.Fleet.InstanceName ?? $"{Environment.MachineName}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}",
            options.Fleet.Poll,
            options.Upstream.ApiPollFrequency,
            options.Upstream.RollbackConfirmations,
            options.Documents.MaxDocumentBytes,
            $"{Environment.MachineName}:{options.Server.Port}",
            options.HealthCheck.MaxSkew,
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)))
        {
            RemembersTraits = options.Fleet.RemembersTraits,
        };
        services.AddSingleton(settings);
        services.AddHostedService<FleetMembership>();
        services.AddSingleton<FleetMetrics>();

        // Sockets need the system clock, whatever clock the other components have.
        services.AddSingleton<IFleetStore>(_ => new RedisFleetStore(new RedisConnection(address, options.Fleet.Timeout, TimeProvider.System), options.Fleet.Prefix));
        services.AddSingleton(provider => new StoreTroubleLog(
            address.ToString(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<StoreTroubleLog>>()));
        services.AddSingleton(provider => new GuardedStore(
            provider.GetRequiredService<IFleetStore>(), address.ToString(), options.Fleet.Timeout, provider.GetRequiredService<FleetMetrics>(),
            provider.GetRequiredService<StoreTroubleLog>(), TimeProvider.System));
        services.AddSingleton(provider => new FleetContext(
            provider.GetRequiredService<GuardedStore>(), settings, provider.GetRequiredService<EnvironmentPublisher>(),
            provider.GetRequiredService<TimeProvider>(), Random.Shared.NextDouble, provider.GetRequiredService<ILoggerFactory>()));
    }
}
