using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>Members on a real server, Garnet by default (docs/spec/fleet.md 2).</summary>
public sealed class FleetTests
{
    [Fact]
    public async Task Start_ApiBlackHoledAndDiskEmpty_ServedFromTheStore()
    {
        await using var fleet = await FleetFixture.StartAsync();
        await fleet.StartMemberAsync();
        await fleet.WaitForStoredAsync(FleetFixture.Document("first", 0));

        var late = await fleet.StartMemberAsync(fleet.BlackHole);
        await FleetFixture.WaitForAsync("first", late);

        Assert.Equal(DocumentOrigin.Store, late.Registry.Environments[0].Freshness.Origin);
        Assert.Equal(0, late.Registry.Environments[0].Freshness.Failures);
        Assert.Contains("\"source\":\"store\"", await late.Client.GetStringAsync("/proxy/environments"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_StoreUnreachable_ServedFromTheApi()
    {
        await using var fleet = await FleetFixture.StartAsync();

        var member = await fleet.StartMemberAsync(store: $"redis://:secret@127.0.0.1:{StoreServer.FreePort()}", configure: static options => options with
        {
            Fleet = options.Fleet with { Timeout = TimeSpan.FromSeconds(0.2) },
        });
        await FleetFixture.WaitForAsync("first", member);

        fleet.Upstream.SetDocument("ser.env", FleetFixture.Document("second", 1));
        await FleetFixture.WaitForAsync("second", member);
        var entry = Assert.Single(member.Log.Entries, static entry => entry.EventId == EventIds.FleetStoreAway);
        Assert.DoesNotContain("secret", entry.Message, StringComparison.Ordinal);
        Assert.Equal(0, member.Registry.Environments[0].Freshness.Failures);
    }

    [Fact]
    public async Task Change_AtTheApi_ServedByAllAndFetchedByOne()
    {
        await using var fleet = await FleetFixture.StartAsync();
        var members = await fleet.StartThreeAsync();

        for (var i = 1; i <= 5; i++)
        {
            var document = FleetFixture.Document($"change {i}", i);
            fleet.Upstream.SetDocument("ser.env", document);
            await FleetFixture.WaitForAsync($"change {i}", members);
        }

        Assert.Single(members, static member => member.Registry.Environments[0].Freshness.Origin == DocumentOrigin.Upstream);
    }

    [Fact]
    public async Task Poll_ThreeMembers_AsOftenAsOne()
    {
        await using var fleet = await FleetFixture.StartAsync();
        await fleet.StartThreeAsync();
        var before = fleet.Polls;
        var started = TimeProvider.System.GetTimestamp();

        await Patience.UntilAsync(() => fleet.Polls >= before + 8, "eight polls");

        // One member polls every half second, give or take a tenth; three would poll three times as often.
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 8 * 0.4, Patience.Limit.TotalSeconds);
    }

    [Fact]
    public async Task Stop_HolderOfTheLease_AnotherOnePolls()
    {
        await using var fleet = await FleetFixture.StartAsync();
        var members = await fleet.StartThreeAsync();
        var holder = members.Single(static member => FleetFixture.Part(member).IsHolder);

        await holder.StopAsync();
        fleet.Upstream.SetDocument("ser.env", FleetFixture.Document("second", 1));

        await FleetFixture.WaitForAsync("second", [.. members.Where(member => member != holder)]);
    }

    [Fact]
    public async Task Flush_WhileMembersServe_RefilledWithinAPoll()
    {
        await using var fleet = await FleetFixture.StartAsync();
        await fleet.StartThreeAsync();

        await fleet.Redis.GetDatabase().KeyDeleteAsync(fleet.DocumentKey);

        await fleet.WaitForStoredAsync(FleetFixture.Document("first", 0));
    }

    [Fact]
    public async Task Never_Follower_ServedWithoutTheApi()
    {
        await using var fleet = await FleetFixture.StartAsync();
        var poller = await fleet.StartMemberAsync();
        var follower = await fleet.StartMemberAsync(fleet.BlackHole, configure: static options => options with { Fleet = options.Fleet with { Poll = FleetPolling.Never } });
        await FleetFixture.WaitForAsync("first", poller, follower);

        fleet.Upstream.SetDocument("ser.env", FleetFixture.Document("second", 1));
        await FleetFixture.WaitForAsync("second", follower);

        await Patience.UntilAsync(() => follower.Registry.Environments[0].Freshness is { Origin: DocumentOrigin.Store, Fetched: not null }, "a confirmation");
        Assert.Equal(0, follower.Registry.Environments[0].Freshness.Failures);
    }

    [Fact]
    public async Task Listing_ThreeMembers_AllOfThem()
    {
        await using var fleet = await FleetFixture.StartAsync();
        var members = await fleet.StartThreeAsync();

        JsonNode? listing = null;
        await Patience.UntilAsync(
            async () =>
            {
                listing = JsonNode.Parse(await members[0].Client.GetStringAsync("/proxy/fleet"));
                return listing!["environments"]![0]!["members"]!.AsArray().Count == 3;
            },
            "three members in the listing");

        Assert.Equal("ok", (string?)listing!["store"]!["state"]);
        Assert.Equal(3, listing["members"]!.AsArray().Count);
        Assert.All(listing["environments"]![0]!["members"]!.AsArray(), static member => Assert.False((bool)member!["behind"]!));
        Assert.Contains(listing["members"]!.AsArray(), member => (string?)member!["name"] == (string?)listing["environments"]![0]!["lease"]);
        Assert.DoesNotContain("ser.env", listing.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("edgeproxy_fleet_store_available 1", await members[0].Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }
}
