using EdgeProxy.Host.Operations;
using EdgeProxy.Testing;

namespace EdgeProxy.Deploy.Tests;

/// <summary>Grace periods are longer than the proxy takes to stop by default, or running requests would be aborted.</summary>
public sealed class GracePeriodTests
{
    private static readonly TimeSpan Needed = new ShutdownOptions().Delay + new ShutdownOptions().Timeout;

    [Fact]
    public void Compose_GracePeriod_Longer()
    {
        Assert.True(DeployFiles.Seconds(DeployFiles.Yaml(DeployFiles.Compose).TextAt("services.edge-proxy.stop_grace_period")) > Needed);
    }

    [Fact]
    public void Chart_GracePeriod_Longer()
    {
        Assert.True(DeployFiles.Seconds(DeployFiles.Yaml($"{DeployFiles.Chart}/values.yaml").TextAt("terminationGracePeriodSeconds")) > Needed);
    }

    [Fact]
    public void ServiceUnit_GracePeriod_Longer()
    {
        Assert.True(DeployFiles.Seconds(ServiceUnitTests.Value("TimeoutStopSec")) > Needed);
    }

    [Fact]
    public void Image_StopSignal_IsTheOneThatWaitsForBalancers()
    {
        Assert.Contains("\nSTOPSIGNAL SIGTERM\n", Repository.Read(DeployFiles.Dockerfile), StringComparison.Ordinal);
        Assert.Equal("SIGTERM", ServiceUnitTests.Value("KillSignal"));
    }
}
