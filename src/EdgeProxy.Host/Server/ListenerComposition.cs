using EdgeProxy.Host.Metrics;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EdgeProxy.Host.Server;

/// <summary>Composes the services that open and guard listeners.</summary>
internal static class ListenerComposition
{
    /// <summary>
    /// Adds the services that guard listeners. Sockets need the system clock, whatever clock the other components have.
    /// </summary>
    public static void Add(IServiceCollection services, ProxyOptions options)
    {
        services.RemoveAll<IConnectionListenerFactory>();
        services.AddSingleton<SocketTransportFactory>();
        services.AddSingleton(provider => new LimitedListenerFactory(
            provider.GetRequiredService<SocketTransportFactory>(),
            options,
            provider.GetRequiredService<ConnectionCount>(),
            TimeProvider.System,
            provider.GetRequiredService<ILogger<LimitedListener>>()));
        services.AddSingleton<IConnectionListenerFactory>(static provider => provider.GetRequiredService<LimitedListenerFactory>());
        services.AddSingleton(provider => new Http2Protection(options, TimeProvider.System, provider.GetRequiredService<ILogger<Http2Protection>>()));
        services.AddSingleton(static provider => new ListenerWatchdog(
            provider.GetRequiredService<LimitedListenerFactory>(),
            provider.GetRequiredService<IHostApplicationLifetime>(),
            TimeProvider.System,
            provider.GetRequiredService<ILogger<ListenerWatchdog>>()));
    }
}
