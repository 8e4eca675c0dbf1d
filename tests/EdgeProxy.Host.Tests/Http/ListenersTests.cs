using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EdgeProxy.Host.Tests.Http;

/// <summary>Protocol negotiation of the port.</summary>
public sealed class ListenersTests
{
    [Fact]
    public async Task Backlog_OfTheRunningServer_TakesThousandsThatComeAtOnce()
    {
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions { Demo = true });

        // Kestrel's own is 512; whether the system grants more cannot be seen without being root.
        Assert.Equal(ListenerSetup.Backlog, proxy.Services.GetRequiredService<IOptions<SocketTransportOptions>>().Value.Backlog);
        Assert.InRange(ListenerSetup.Backlog, 4000, int.MaxValue);
    }
}
