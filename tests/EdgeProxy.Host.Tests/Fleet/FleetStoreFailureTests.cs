using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;
using StackExchange.Redis;

namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>Failures of a real <c>redis-server</c> while members use it (docs/spec/fleet.md 1.4).</summary>
public sealed class FleetStoreFailureTests
{
    private const string Password = "first-password";

    [RedisServerFact]
    public async Task Memory_Full_MembersGoOnUntilThereIsRoom()
    {
        using var servers = new RedisServers();
        var port = await servers.StartAsync("--maxmemory", "1", "--maxmemory-policy", "noeviction");
        await using var fleet = await FleetFixture.StartAsync($"redis://127.0.0.1:{port}");
        TestProxy[] members = [await fleet.StartMemberAsync(), await fleet.StartMemberAsync()];
        await FleetFixture.WaitForAsync("first", members);
        await WaitForLogAsync(members, EventIds.FleetStoreAway);
        Assert.Contains("maxmemory", members[0].Log.Entries.First(static entry => entry.EventId == EventIds.FleetStoreAway).Message, StringComparison.Ordinal);

        fleet.Upstream.SetDocument("ser.env", FleetFixture.Document("second", 1));
        await FleetFixture.WaitForAsync("second", members);

        await using var server = await RedisServers.ConnectAsync(port);
        await server.GetServer("127.0.0.1", port).ConfigSetAsync("maxmemory", "0");
        await WaitForLogAsync(members, EventIds.FleetStoreBack);
        await fleet.WaitForStoredAsync(FleetFixture.Document("second", 1));
    }

    [RedisServerFact]
    public async Task Password_ChangedWhileRunning_MembersGoOnUntilItIsTheOldOne()
    {
        using var servers = new RedisServers();
        var port = await servers.StartAsync("--requirepass", Password);
        await using var fleet = await FleetFixture.StartAsync($"redis://:{Password}@127.0.0.1:{port}");
        TestProxy[] members = [await fleet.StartMemberAsync(), await fleet.StartMemberAsync()];
        await FleetFixture.WaitForAsync("first", members);
        await fleet.WaitForStoredAsync(FleetFixture.Document("first", 0));

        await SetPasswordAsync(port, Password, "second-password");
        await WaitForLogAsync(members, EventIds.FleetStoreAway);
        fleet.Upstream.SetDocument("ser.env", FleetFixture.Document("second", 1));
        await FleetFixture.WaitForAsync("second", members);

        await SetPasswordAsync(port, "second-password", Password);
        await WaitForLogAsync(members, EventIds.FleetStoreBack);
        await fleet.WaitForStoredAsync(FleetFixture.Document("second", 1));
        Assert.All(members, static member => Assert.DoesNotContain(member.Log.Entries, static entry => entry.Message.Contains(Password, StringComparison.Ordinal)));
    }

    [RedisServerFact]
    public async Task Halted_ForAWhile_RequestsAndChangesGoOn()
    {
        using var servers = new RedisServers();
        var port = await servers.StartAsync();
        await using var fleet = await FleetFixture.StartAsync($"redis://127.0.0.1:{port}");
        TestProxy[] members = [await fleet.StartMemberAsync(), await fleet.StartMemberAsync()];
        await FleetFixture.WaitForAsync("first", members);
        await fleet.WaitForStoredAsync(FleetFixture.Document("first", 0));

        servers.Signal(port, "STOP");
        try
        {
            fleet.Upstream.SetDocument("ser.env", FleetFixture.Document("second", 1));
            await FleetFixture.WaitForAsync("second", members);
            await WaitForLogAsync(members, EventIds.FleetStoreAway);
            foreach (var member in members)
            {
                using var readiness = await member.Client.GetAsync(new Uri("/proxy/health/readiness", UriKind.Relative));
                Assert.True(readiness.IsSuccessStatusCode);
            }
        }
        finally
        {
            servers.Signal(port, "CONT");
        }

        await WaitForLogAsync(members, EventIds.FleetStoreBack);
        await fleet.WaitForStoredAsync(FleetFixture.Document("second", 1));
    }

    private static Task WaitForLogAsync(TestProxy[] members, int eventId) => Patience.UntilAsync(
        () => members.All(member => member.Log.Entries.Any(entry => entry.EventId == eventId)), $"log entry {eventId} of every member");

    /// <summary>Sets the password, and ends the connections that were opened with another one.</summary>
    private static async Task SetPasswordAsync(int port, string before, string after)
    {
        await using var connection = await RedisServers.ConnectAsync(port, before);
        var server = connection.GetServer("127.0.0.1", port);
        await server.ConfigSetAsync("requirepass", after);
        await server.ClientKillAsync(clientType: ClientType.PubSub, skipMe: true);
        await server.ClientKillAsync(clientType: ClientType.Normal, skipMe: true);
    }
}
