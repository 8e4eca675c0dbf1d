using EdgeProxy.Host.Testing;
using StackExchange.Redis;

namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>A member in a process of its own that is killed while it holds the lease (docs/spec/fleet.md 4.1).</summary>
public sealed class FleetKillTests
{
    [Fact]
    public async Task Kill_HolderOfTheLease_AnotherOnePollsAndHoldsIt()
    {
        await using var fleet = await FleetFixture.StartAsync();
        using var holder = EdgeProxyProcess.Start(
            [
                ("API_URL", new Uri(fleet.Upstream.Address, "/api/v1").ToString()),
                ("API_POLL_FREQUENCY_SECONDS", "0.5"),
                ("ENVIRONMENT_KEY_PAIRS", """[{"server_side_key":"ser.env","client_side_key":"env"}]"""),
                ("FLEET_STORE", StoreServer.Address),
                ("FLEET_PREFIX", fleet.Prefix),
            ],
            "--port", "0", "--host", "127.0.0.1");
        await holder.ReadAddressAsync();
        await fleet.WaitForStoredAsync(FleetFixture.Document("first", 0));
        RedisKey lease = ((string)fleet.DocumentKey!).Replace(":document", ":lease", StringComparison.Ordinal);
        await Patience.UntilAsync(async () => await fleet.Redis.GetDatabase().KeyExistsAsync(lease), "a holder of the lease");
        var member = await fleet.StartMemberAsync();
        await FleetFixture.WaitForAsync("first", member);

        await holder.KillAsync();
        fleet.Upstream.SetDocument("ser.env", FleetFixture.Document("second", 1));

        await FleetFixture.WaitForAsync("second", member);
        await Patience.UntilAsync(() => FleetFixture.Part(member).IsHolder, "the lease at the other member");
    }
}
