using EdgeProxy.Host.Changes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>docs/spec/changes.md 5.1: a version that one member holds does not reach the others until it is released.</summary>
public sealed class FleetHoldTests
{
    [Fact]
    public async Task Held_AtTheMemberThatPolls_NotInTheStoreUntilReleased()
    {
        await using var fleet = await FleetFixture.StartAsync();
        var (first, second) = (FleetFixture.Document("first", 0), FleetFixture.Document("second", 1));
        var holder = await fleet.StartMemberAsync(configure: static options => options with
        {
            Changes = new ChangeOptions { SampleIdentities = 1000, HoldAbovePercent = 50 },
        });
        var follower = await fleet.StartMemberAsync(configure: static options => options with { Fleet = options.Fleet with { Poll = FleetPolling.Never } });
        await FleetFixture.WaitForAsync("first", holder, follower);
        for (var i = 0; i < 40; i++)
        {
            await holder.PostIdentityAsync("env", $$"""{"identifier":"{{i}}","traits":[]}""");
        }

        await fleet.WaitForStoredAsync(first);
        fleet.Upstream.SetDocument("ser.env", second);
        var environment = holder.Registry.Environments[0];
        await Patience.UntilAsync(() => environment.Hold.Current is not null, "the hold");
        var polls = fleet.Polls;
        await Patience.UntilAsync(() => fleet.Polls > polls + 2, "further polls");

        Assert.Equal("first", await FleetFixture.ValueAsync(holder));
        Assert.Equal("first", await FleetFixture.ValueAsync(follower));
        Assert.Equal(DocumentPosition.RevisionOf(first), (string?)await fleet.Redis.GetDatabase().HashGetAsync(fleet.DocumentKey, "revision"));
        using var released = await holder.SendAsync(HttpMethod.Post, "/proxy/environments/env/release", key: null);
        await FleetFixture.WaitForAsync("second", holder, follower);
        Assert.Equal(202, (int)released.StatusCode);
    }
}
