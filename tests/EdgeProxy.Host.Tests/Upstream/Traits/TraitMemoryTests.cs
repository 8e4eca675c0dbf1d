using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Fleet;
using EdgeProxy.Host.Tests.Traits;

namespace EdgeProxy.Host.Tests.Upstream.Traits;

/// <summary>Two members of a fleet, each with an API of its own, so that it is seen who sends what (docs/spec/fleet.md 6).</summary>
public sealed class TraitMemoryTests
{
    private static readonly TimeSpan LongerThanTrusted = TimeSpan.FromSeconds(11);

    private readonly string _prefix = StoreServer.NewPrefix();

    [Fact]
    public async Task Post_TraitsThatAnotherMemberSent_NotSentAgain()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await SendAsync(first, "\"pro\"", calls: 1);

        await second.PostAsync("a", "bob", TraitProxy.Trait("plan", "\"pro\""));
        await second.UntilAsync(() => second.Metrics.Remembered == 1, "the identity to be found in the store");
        await second.UntilIdleAsync();

        Assert.Empty(second.Calls);
        var exposed = await Exposition.OfAsync(second.Proxy);
        Assert.Equal(1, exposed.Sum("edgeproxy_traits_remembered_identities_total"));
        Assert.True(exposed.Sum("edgeproxy_fleet_store_operations_total", ("operation", "recall"), ("result", "success")) >= 1);
    }

    [Fact]
    public async Task Post_SameIdentityInAnotherEnvironment_Sent()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await SendAsync(first, "\"pro\"", calls: 1);

        await second.PostAsync("b", "bob", TraitProxy.Trait("plan", "\"pro\""));
        await second.UntilCallsAsync(1);
    }

    /// <summary>The API ends with the latest traits, whichever member received them.</summary>
    [Fact]
    public async Task Post_OtherTraitsAtAnotherMemberInBetween_SentAgain()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await SendAsync(first, "\"basic\"", calls: 1);
        await SendAsync(second, "\"pro\"", calls: 1);

        first.Time.Advance(LongerThanTrusted);
        await SendAsync(first, "\"basic\"", calls: 2);

        second.Time.Advance(LongerThanTrusted);
        await second.PostAsync("a", "bob", TraitProxy.Trait("plan", "\"basic\""));
        await second.UntilAsync(() => second.Metrics.Remembered == 1, "the identity to be found in the store");
        Assert.Single(second.Calls);
    }

    [Fact]
    public async Task Post_NotToBeRemembered_EachSends()
    {
        await using var first = await StartAsync(remembers: false);
        await using var second = await StartAsync(remembers: false);

        foreach (var member in (TraitProxy[])[first, second])
        {
            await member.PostAsync("a", "bob", TraitProxy.Trait("plan", "\"pro\""));
            await member.UntilCallsAsync(1);
            await member.UntilIdleAsync();
        }

        Assert.Equal((0L, 0L), (Store(first).Succeeded(StoreOperation.Recall), Store(first).Succeeded(StoreOperation.Remember)));
    }

    [Fact]
    public async Task Post_StoreGone_SentAllTheSame()
    {
        var port = StoreServer.FreePort();
        var server = StoreServer.StartGarnet(port);
        await using var member = await StartAsync(store: $"redis://127.0.0.1:{port}", timeout: 1);
        server.Dispose();

        for (var i = 1; i <= 3; i++)
        {
            await member.PostAsync("a", $"identity {i}", TraitProxy.Trait("plan", "\"pro\""));
            await member.UntilCallsAsync(i);
        }

        await member.UntilIdleAsync();
    }

    [Fact]
    public async Task Stop_IdentityWaits_SentAndRemembered()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await first.PostAsync("a", "bob", TraitProxy.Trait("plan", "\"pro\""));

        await first.Proxy.StopAsync();

        Assert.Single(first.Calls);
        await second.PostAsync("a", "bob", TraitProxy.Trait("plan", "\"pro\""));
        await second.UntilAsync(() => second.Metrics.Remembered == 1, "the identity to be found in the store");
        Assert.Empty(second.Calls);
    }

    /// <summary>Sends a trait by a member, and waits until the store remembers it.</summary>
    private static async Task SendAsync(TraitProxy member, string value, int calls)
    {
        await member.PostAsync("a", "bob", TraitProxy.Trait("plan", value));
        await member.UntilCallsAsync(calls);
        await member.UntilAsync(() => Store(member).Succeeded(StoreOperation.Remember) == calls, "the store to remember it");
    }

    private static FleetMetrics Store(TraitProxy member) => (FleetMetrics)member.Proxy.Services.GetService(typeof(FleetMetrics))!;

    private async Task<TraitProxy> StartAsync(bool remembers = true, string? store = null, int timeout = 20)
    {
        var member = await TraitProxy.StartAsync(configureAll: options => options with
        {
            Fleet = new FleetOptions
            {
                Store = store ?? StoreServer.Address,
                Prefix = _prefix,
                Poll = FleetPolling.All,
                RemembersTraits = remembers,
                Timeout = TimeSpan.FromSeconds(timeout),
            },
        });
        var fleet = (FleetContext)member.Proxy.Services.GetService(typeof(FleetContext))!;
        await member.UntilAsync(() => fleet.Environments.All(static environment => environment.Seen is not null), "a look at the store");
        return member;
    }
}
