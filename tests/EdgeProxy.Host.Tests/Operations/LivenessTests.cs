using System.Net;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Operations;

/// <summary>Liveness (docs/spec/sdk-api.md 9.2).</summary>
public sealed class LivenessTests
{
    [Fact]
    public async Task Liveness_NothingLoaded_OkAndEmpty()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        await using var proxy = await HealthFixture.StartAsync(upstream, new ManualTimeProvider(), grace: 30, "one");

        using var response = await proxy.Client.GetAsync("/proxy/health/liveness");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }
}
