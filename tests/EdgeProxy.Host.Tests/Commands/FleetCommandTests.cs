using System.Text.Json.Nodes;
using EdgeProxy.Host.Commands;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Fleet;

namespace EdgeProxy.Host.Tests.Commands;

/// <summary><c>edge-proxy fleet</c>: the listing of a running member as a table.</summary>
public sealed class FleetCommandTests
{
    [Fact]
    public async Task Table_TwoMembers_BothWithTheirVersionsAndTheHolderOfTheLease()
    {
        await using var fleet = await FleetFixture.StartAsync();
        var first = await fleet.StartMemberAsync(configure: static options => options with { Fleet = options.Fleet with { InstanceName = "one" } });
        await FleetFixture.WaitForAsync("first", first);
        var second = await fleet.StartMemberAsync(configure: static options => options with { Fleet = options.Fleet with { InstanceName = "two" } });
        await FleetFixture.WaitForAsync("first", second);
        var revision = FleetFixture.RevisionOf(FleetFixture.Document("first", 0));
        var table = "";

        await Patience.UntilAsync(
            async () =>
            {
                table = FleetCommand.Table(JsonNode.Parse(await first.Client.GetStringAsync("/proxy/fleet"))!);
                return table.Split(revision).Length == 3;
            },
            "the versions of both members");

        Assert.Matches(@"^Store redis://\S+: ok\n\nMEMBER +VERSION +STARTED +ADDRESS\none +\S+ +\S+ +\S+\ntwo +\S+ +\S+ +\S+\n\nENVIRONMENT +KEY +MEMBER +REVISION +UPDATED +BEHIND +LEASE\n", table);
        Assert.Matches($@"(?m)^.+ one +{revision} +2026-11-01T12:00:00\S* +- +holds$", table);
        Assert.Matches($@"(?m)^.+ two +{revision} +2026-11-01T12:00:00\S* +-$", table);
        Assert.DoesNotContain("ser.env", table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"instance":"one","store":{"address":"redis://store:6379","state":"away","away_since":"2026-11-01T12:00:00Z","problem":"connection refused"},"members":[],"environments":[]}""", "Store redis://store:6379: away since 2026-11-01T12:00:00Z: connection refused\n\nMEMBER")]
    [InlineData("""{"instance":null,"store":null,"members":[],"environments":[]}""", "This instance is not a member of a fleet: fleet.store is not set.\n")]
    public void Table_StoreAwayOrNone_SaysSo(string listing, string beginning) => Assert.StartsWith(beginning, FleetCommand.Table(JsonNode.Parse(listing)!), StringComparison.Ordinal);
}
