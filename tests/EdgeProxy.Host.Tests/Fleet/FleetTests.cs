using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Testing;
using StackExchange.Redis;

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
        var members = await StartThreeAsync(fleet);

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
        await StartThreeAsync(fleet);
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
        var members = await StartThreeAsync(fleet);
        var holder = members.Single(static member => Part(member).IsHolder);

        await holder.StopAsync();
        fleet.Upstream.SetDocument("ser.env", FleetFixture.Document("second", 1));

        await FleetFixture.WaitForAsync("second", [.. members.Where(member => member != holder)]);
    }

    [Fact]
    public async Task Flush_WhileMembersServe_RefilledWithinAPoll()
    {
        await using var fleet = await FleetFixture.StartAsync();
        await StartThreeAsync(fleet);

        await fleet.Redis.GetDatabase().KeyDeleteAsync(fleet.DocumentKey);

        await fleet.WaitForStoredAsync(FleetFixture.Document("first", 0));
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("truncated")]
    [InlineData("of another key")]
    [InlineData("said to be later")]
    public async Task Payload_Unusable_NeverServedAndReplaced(string fault)
    {
        await using var fleet = await FleetFixture.StartAsync();
        var members = await StartThreeAsync(fleet);
        var database = fleet.Redis.GetDatabase();
        var payload = (byte[])(await database.HashGetAsync(fleet.DocumentKey, "payload"))!;
        var forged = FleetFixture.Document("forged", 3000);
        var version = new FleetVersion(DocumentPosition.RevisionOf(forged), 1_900_000_000_000_000);
        HashEntry[] fields = fault switch
        {
            "changed" => [new("payload", (byte[])[.. payload[..^1], (byte)(payload[^1] ^ 1)])],
            "truncated" => [new("payload", payload[..10])],
            "of another key" => [new("payload", new SealedEnvironment("ser.mine").Encrypt(version, forged, FetchConditions.None))],
            _ => [],
        };
        await database.HashSetAsync(fleet.DocumentKey, [.. fields, new("revision", version.Revision), new("updated_at", version.UpdatedAt!.Value)]);

        await fleet.WaitForStoredAsync(FleetFixture.Document("first", 0));

        await FleetFixture.WaitForAsync("first", members);
        Assert.Contains(members, static member => member.Log.Entries.Any(static entry => entry.EventId == EventIds.FleetPayloadUnopened));
        Assert.Equal(3, members.Sum(static member => member.Registry.Environments[0].Metrics.Updates)); // the first document at each
    }

    [Fact]
    public async Task Payload_EarlierOnePlayedBack_NotServedAndReplaced()
    {
        await using var fleet = await FleetFixture.StartAsync();
        var members = await StartThreeAsync(fleet);
        var earlier = await fleet.Redis.GetDatabase().HashGetAllAsync(fleet.DocumentKey);
        var second = FleetFixture.Document("second", 1);
        fleet.Upstream.SetDocument("ser.env", second);
        await FleetFixture.WaitForAsync("second", members);
        await fleet.WaitForStoredAsync(second);

        await fleet.Redis.GetDatabase().HashSetAsync(fleet.DocumentKey, earlier);
        await fleet.Redis.GetSubscriber().PublishAsync(RedisChannel.Literal(((string)fleet.DocumentKey!).Replace(":document", ":news", StringComparison.Ordinal)), "anything");

        await fleet.WaitForStoredAsync(second);
        await FleetFixture.WaitForAsync("second", members);
        Assert.All(members, static member => Assert.Equal(2, member.Registry.Environments[0].Metrics.Updates));
    }

    [Fact]
    public async Task Key_RefusedAtTheHolder_EveryMemberTells()
    {
        await using var fleet = await FleetFixture.StartAsync();
        var members = await StartThreeAsync(fleet);

        fleet.Upstream.Behaviour = FakeUpstream.Status(403);

        await Patience.UntilAsync(
            () => members.All(static member => member.Registry.Environments[0].Freshness.LastError?.Message.Contains("403", StringComparison.Ordinal) == true),
            "the error at every member");
        await FleetFixture.WaitForAsync("first", members);
    }

    [Fact]
    public async Task Rollback_AtTheApi_ServedByAll()
    {
        await using var fleet = await FleetFixture.StartAsync();
        var members = await StartThreeAsync(fleet);
        fleet.Upstream.SetDocument("ser.env", FleetFixture.Document("second", 60));
        await FleetFixture.WaitForAsync("second", members);

        fleet.Upstream.SetDocument("ser.env", FleetFixture.Document("restored", 30));

        await FleetFixture.WaitForAsync("restored", members);
        fleet.Upstream.SetDocument("ser.env", FleetFixture.Document("edited", 90));
        await FleetFixture.WaitForAsync("edited", members);
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
    public async Task Restart_DiskLaterThanTheStore_TheLaterOneAtOnce()
    {
        await using var fleet = await FleetFixture.StartAsync();
        using var directory = new TemporaryDirectory();
        var second = FleetFixture.Document("second", 1);
        var member = await fleet.StartMemberAsync(configure: options => options with { Persistence = new PersistenceOptions { SnapshotDirectory = directory.Path } });
        await fleet.WaitForStoredAsync(FleetFixture.Document("first", 0));
        var earlier = await fleet.Redis.GetDatabase().HashGetAllAsync(fleet.DocumentKey);
        fleet.Upstream.SetDocument("ser.env", second);
        await FleetFixture.WaitForAsync("second", member);
        await fleet.WaitForStoredAsync(second);
        await member.StopAsync();

        // A store restored from a backup, and an API that does not answer.
        await fleet.Redis.GetDatabase().HashSetAsync(fleet.DocumentKey, earlier);
        fleet.Upstream.Behaviour = static context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        var again = await fleet.StartMemberAsync(configure: options => options with { Persistence = new PersistenceOptions { SnapshotDirectory = directory.Path } });

        await Patience.UntilAsync(async () => await FleetFixture.ValueAsync(again) is not null, "a document");
        Assert.Equal("second", await FleetFixture.ValueAsync(again));
        await fleet.WaitForStoredAsync(second);
        Assert.Equal(1, again.Registry.Environments[0].Metrics.Updates);
    }

    [Fact]
    public async Task Listing_ThreeMembers_AllOfThem()
    {
        await using var fleet = await FleetFixture.StartAsync();
        var members = await StartThreeAsync(fleet);

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

    private static async Task<TestProxy[]> StartThreeAsync(FleetFixture fleet)
    {
        TestProxy[] members = [await fleet.StartMemberAsync(), await fleet.StartMemberAsync(), await fleet.StartMemberAsync()];
        await FleetFixture.WaitForAsync("first", members);
        await fleet.WaitForStoredAsync(FleetFixture.Document("first", 0));
        await Patience.UntilAsync(() => members.Count(static member => Part(member).IsHolder) == 1, "a holder of the lease");
        return members;
    }

    private static FleetEnvironment Part(TestProxy member) =>
        ((FleetContext)member.Services.GetService(typeof(FleetContext))!).Find(member.Registry.Environments[0])!;
}
