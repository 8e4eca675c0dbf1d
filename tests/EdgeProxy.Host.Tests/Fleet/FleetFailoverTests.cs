using EdgeProxy.Host.Testing;
using StackExchange.Redis;

namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>Members whose store is a master with a replica, behind a Sentinel (docs/spec/fleet.md 1).</summary>
public sealed class FleetFailoverTests
{
    private const string Name = "flags";

    [RedisServerFact]
    public async Task Kill_Master_RequestsGoOnAndTheReplicaIsTheStore()
    {
        using var servers = new RedisServers();
        var master = await servers.StartAsync();
        var replica = await servers.StartAsync("--replicaof", "127.0.0.1", $"{master}");
        var sentinel = await servers.StartSentinelAsync(Name, master);
        await using var store = await RedisServers.ConnectAsync(replica);
        await Patience.UntilAsync(async () => await IsInStepAsync(sentinel), "the Sentinel to know a replica that is in step");
        await using var fleet = await FleetFixture.StartAsync(FleetStore(sentinel));
        TestProxy[] members = [await fleet.StartMemberAsync(), await fleet.StartMemberAsync()];
        await FleetFixture.WaitForAsync("first", members);
        await fleet.WaitForStoredAsync(FleetFixture.Document("first", 0));
        using var ending = new CancellationTokenSource();
        var load = Task.WhenAll(members.Select(member => LoadAsync(member, ending.Token)));

        servers.Kill(master);
        fleet.Upstream.SetDocument("ser.env", FleetFixture.Document("second", 1));
        await FleetFixture.WaitForAsync("second", members);
        await Patience.UntilAsync(
            async () => (string?)await store.GetDatabase().HashGetAsync(fleet.DocumentKey, "revision") == FleetFixture.RevisionOf(FleetFixture.Document("second", 1)),
            "the document at the replica, which is the master now");
        fleet.Upstream.SetDocument("ser.env", FleetFixture.Document("third", 2));
        await FleetFixture.WaitForAsync("third", members);

        await ending.CancelAsync();
        Assert.All(await load, static failures => Assert.Equal(0, failures));
        await Patience.UntilAsync(
            async () => (await Task.WhenAll(members.Select(IsStoreThereAsync))).All(static isThere => isThere), "the store to be there again for every member");
    }

    private static async Task<bool> IsStoreThereAsync(TestProxy member) =>
        (await member.Client.GetStringAsync("/metrics")).Contains("edgeproxy_fleet_store_available 1", StringComparison.Ordinal);

    private static string FleetStore(int sentinel) => $"redis://127.0.0.1:{sentinel}?sentinel={Name}";

    private static async Task<bool> IsInStepAsync(int sentinel)
    {
        await using var connection = await ConnectionMultiplexer.SentinelConnectAsync(new ConfigurationOptions { EndPoints = { { "127.0.0.1", sentinel } } });
        var replicas = await connection.GetServer("127.0.0.1", sentinel).SentinelReplicasAsync(Name);
        return replicas is [var replica] && replica.Contains(new KeyValuePair<string, string>("master-link-status", "ok"));
    }

    /// <summary>Asks until it is told to end.</summary>
    /// <returns>The number of requests that failed.</returns>
    private static async Task<int> LoadAsync(TestProxy member, CancellationToken cancellationToken)
    {
        var failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            failures += await FleetFixture.ValueAsync(member) is null ? 1 : 0;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }

        return failures;
    }
}
