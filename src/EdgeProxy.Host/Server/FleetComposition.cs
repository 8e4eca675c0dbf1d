using System.Security.Cryptography;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Fleet.Redis;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Server;

/// <summary>Composes what makes this instance a member of a fleet.</summary>
internal static class FleetComposition
{
    /// <summary>Registers the services of a member.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">The options.</param>
    /// <param name="address">The address of the store.</param>
    public static void Add(IServiceCollection services, ProxyOptions options, FleetAddress address)
    {
        var settings = new FleetSettings(
            options.Fleet.InstanceName ?? $"{Environment.MachineName}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}",
            options.Fleet.Poll,
            options.Upstream.ApiPollFrequency,
            options.Upstream.RollbackConfirmations,
            options.Documents.MaxDocumentBytes,
            $"{Environment.MachineName}:{options.Server.Port}",
            options.HealthCheck.MaxSkew,
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        services.AddSingleton(settings);
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
