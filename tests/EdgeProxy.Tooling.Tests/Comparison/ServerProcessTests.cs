using System.Net;
using System.Net.Sockets;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Tooling.Tests.Comparison;

public sealed class ServerProcessTests
{
    [Fact]
    public async Task Start_PortOfAnotherServer_SaysSoInsteadOfMeasuringThat()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ServerProcess.StartAsync("bare", "none.dll", port, new HttpQuestion("/", Key: null)));

        Assert.Contains($"Port {port} is not free", exception.Message, StringComparison.Ordinal);
    }
}
