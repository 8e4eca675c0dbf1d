using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Traits;
using EdgeProxy.Host.Traits;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Upstream.Traits;

/// <content>Limits of the rate and the queue.</content>
public sealed partial class TraitForwarderTests
{
    [Fact]
    public async Task Post_MoreThanMayBeSent_AtTheRate()
    {
        await using var fixture = await TraitProxy.StartAsync(static options => options with { MaxPerSecond = 2, MaxConcurrent = 100 });
        for (var i = 0; i < 12; i++)
        {
            await fixture.PostAsync("a", $"user {i}", TraitProxy.Trait("plan", "1"));
        }

        await fixture.UntilCallsAsync(2);
        var start = fixture.Time.GetUtcNow();
        await fixture.UntilCallsAsync(12);

        Assert.InRange((fixture.Time.GetUtcNow() - start).TotalSeconds, 4.5, 8);
    }

    [Fact]
    public async Task Post_QueueFull_CountedAndOneWarning()
    {
        await using var fixture = await TraitProxy.StartAsync(static options => options with { QueueSize = 2, MaxPerSecond = 1, MaxConcurrent = 1 });
        fixture.Answer = FakeUpstream.Hang;
        for (var i = 0; i < 20; i++)
        {
            await fixture.PostAsync("a", $"user {i}", TraitProxy.Trait("plan", "1"));
        }

        await fixture.UntilAsync(() => fixture.Metrics.Lost(TraitLoss.QueueFull) == 18, "the losses");

        Assert.Equal(LogLevel.Warning, (await fixture.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.TraitsDropped)).Level);
        using var listing = await fixture.Proxy.SendAsync(HttpMethod.Get, "/proxy/environments", key: null);
        Assert.Contains("\"waiting_identities\":2", await listing.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var exposed = await Exposition.OfAsync(fixture.Proxy);
        Assert.Equal(2, exposed.Sum("edgeproxy_traits_waiting_identities"));
        Assert.Equal(18, exposed.Sum("edgeproxy_traits_lost_identities_total", ("reason", "queue_full")));
    }

    [Fact]
    public async Task Post_TraitsOfMoreThan32KiB_NotQueued()
    {
        await using var fixture = await TraitProxy.StartAsync();

        await fixture.PostAsync("a", "bob", [.. Enumerable.Range(0, 20).Select(static i => TraitProxy.Trait($"t{i}", $"\"{new string('x', 1900)}\""))]);
        await fixture.PostAsync("a", "eve", TraitProxy.Trait("t", "1"));
        await fixture.UntilCallsAsync(1);

        Assert.Contains("eve", Assert.Single(fixture.Calls).Body, StringComparison.Ordinal);
        Assert.Equal(1, fixture.Metrics.Lost(TraitLoss.TooLarge));
    }
}
