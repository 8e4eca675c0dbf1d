using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Testing;
using StackExchange.Redis;

namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>Documents that are not what they should be, on a real server, Garnet by default (docs/spec/fleet.md 2).</summary>
public sealed class FleetDocumentTests
{
    [Theory]
    [InlineData("changed")]
    [InlineData("truncated")]
    [InlineData("of another key")]
    [InlineData("said to be later")]
    public async Task Payload_Unusable_NeverServedAndReplaced(string fault)
    {
        await using var fleet = await FleetFixture.StartAsync();
        var members = await fleet.StartThreeAsync();
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

    /// <summary>Members that serve this revision do not read it again; one that starts without the API needs it.</summary>
    [Fact]
    public async Task Payload_ChangedUnderTheSameRevision_ReplacedOnceAMemberCannotUseIt()
    {
        await using var fleet = await FleetFixture.StartAsync();
        await fleet.StartThreeAsync();
        var database = fleet.Redis.GetDatabase();
        var payload = (byte[])(await database.HashGetAsync(fleet.DocumentKey, "payload"))!;
        await database.HashSetAsync(fleet.DocumentKey, "payload", (byte[])[.. payload[..^1], (byte)(payload[^1] ^ 1)]);

        var late = await fleet.StartMemberAsync(fleet.BlackHole);

        await FleetFixture.WaitForAsync("first", late);
        Assert.Equal(DocumentOrigin.Store, late.Registry.Environments[0].Freshness.Origin);
    }

    [Fact]
    public async Task Payload_EarlierOnePlayedBack_NotServedAndReplaced()
    {
        await using var fleet = await FleetFixture.StartAsync();
        var members = await fleet.StartThreeAsync();
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
        var members = await fleet.StartThreeAsync();

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
        var members = await fleet.StartThreeAsync();
        fleet.Upstream.SetDocument("ser.env", FleetFixture.Document("second", 60));
        await FleetFixture.WaitForAsync("second", members);

        fleet.Upstream.SetDocument("ser.env", FleetFixture.Document("restored", 30));

        await FleetFixture.WaitForAsync("restored", members);
        fleet.Upstream.SetDocument("ser.env", FleetFixture.Document("edited", 90));
        await FleetFixture.WaitForAsync("edited", members);
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
}
