using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Traits;
using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Tests.Upstream.Traits;

/// <summary>Sending of waiting identities at shutdown, for at most 5 s (docs/spec/traits.md 2.6).</summary>
public sealed class TraitShutdownTests
{
    [Fact]
    public async Task Stop_IdentitiesWait_Sent()
    {
        await using var fixture = await TraitProxy.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            await fixture.PostAsync("a", $"user {i}", TraitProxy.Trait("plan", "1"));
        }

        await fixture.Proxy.StopAsync();

        Assert.Equal(20, fixture.Calls.Count);
        Assert.DoesNotContain(fixture.Proxy.Log.Entries, static entry => entry.EventId == EventIds.TraitsUnsent);
    }

    [Fact]
    public async Task Stop_ApiHangs_GivenUpLongBeforeTheTimeoutAndSaid()
    {
        await using var fixture = await TraitProxy.StartAsync();
        fixture.Answer = FakeUpstream.Hang;
        for (var i = 0; i < 20; i++)
        {
            await fixture.PostAsync("a", $"user {i}", TraitProxy.Trait("plan", "1"));
        }

        var stopping = fixture.Proxy.StopAsync();
        var start = fixture.Time.GetUtcNow();
        await fixture.UntilAsync(() => stopping.IsCompleted, "the end");

        // 5 s, and however far the clock got until that was noticed; a call may take a minute.
        Assert.InRange((fixture.Time.GetUtcNow() - start).TotalSeconds, 0, 50);
        Assert.Equal(20, fixture.Metrics.Lost(TraitLoss.Shutdown));
        Assert.Contains(fixture.Proxy.Log.Entries, static entry => entry.EventId == EventIds.TraitsUnsent && entry.Message.Contains("20 identities", StringComparison.Ordinal));
    }
}
