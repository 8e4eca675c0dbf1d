using System.Net;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>Readiness of a member that stays behind (docs/spec/fleet.md 5.2).</summary>
public sealed class FleetReadinessTests
{
    [Fact]
    public async Task MaxSkew_DocumentThatOnlyOthersCanUse_NotReady()
    {
        await using var fleet = await FleetFixture.StartAsync();
        var first = FleetFixture.Document("first", 0);
        var large = new string('x', first.Length);
        var other = await fleet.StartMemberAsync();
        await FleetFixture.WaitForAsync("first", other);
        await fleet.WaitForStoredAsync(first);
        var member = await fleet.StartMemberAsync(configure: options => options with
        {
            Documents = new DocumentOptions { MaxDocumentBytes = first.Length + 100 },
            HealthCheck = options.HealthCheck with { MaxSkew = TimeSpan.FromSeconds(0.5), EnvironmentUpdateGracePeriod = null },
            Fleet = options.Fleet with { Poll = FleetPolling.Never },
        });
        await FleetFixture.WaitForAsync("first", member);
        Assert.Equal(HttpStatusCode.OK, await ReadinessAsync(member));

        fleet.Upstream.SetDocument("ser.env", FleetFixture.Document(large, 1));

        await FleetFixture.WaitForAsync(large, other);
        await Patience.UntilAsync(async () => await ReadinessAsync(member) == HttpStatusCode.ServiceUnavailable, "the member to be not ready");
        Assert.Equal(HttpStatusCode.OK, await ReadinessAsync(other));
        Assert.Equal("first", await FleetFixture.ValueAsync(member));
        Assert.NotEqual(TimeSpan.Zero, FleetFixture.Part(member).Skew);
    }

    private static async Task<HttpStatusCode> ReadinessAsync(TestProxy member)
    {
        using var response = await member.Client.GetAsync(new Uri("/proxy/health/readiness", UriKind.Relative));
        return response.StatusCode;
    }
}
