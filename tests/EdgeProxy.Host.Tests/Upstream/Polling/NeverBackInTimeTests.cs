using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;

namespace EdgeProxy.Host.Tests.Upstream.Polling;

/// <summary>docs/spec/upstream-api.md 2.6: upstreams behind one address that are not equally fresh, and real rollbacks.</summary>
public sealed class NeverBackInTimeTests
{
    private static readonly byte[] Old = Document("old", "2026-11-01T12:00:00Z");
    private static readonly byte[] New = Document("new", "2026-11-01T12:00:05Z");

    [Fact]
    public async Task Poll_TwoUpstreamsInTurnOneBehind_TheValueChangesOnce()
    {
        var asked = 0;
        await using var polled = await PolledProxy.StartAsync(prepare: upstream => upstream.Behaviour = context =>
        {
            upstream.SetDocument("ser.env", asked++ % 2 == 0 ? Old : New);
            return upstream.AnswerWithDocumentAsync(context);
        });
        var values = new List<string?> { await polled.PlainAsync() };

        for (var i = 0; i < 60; i++)
        {
            await polled.PollAsync();
            values.Add(await polled.PlainAsync());
        }

        Assert.Equal("old", values[0]);
        Assert.Equal(1, values.Zip(values.Skip(1)).Count(static pair => pair.First != pair.Second));
        Assert.Equal("new", values[^1]);
        Assert.Single(polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.DocumentHeldBack);
        Assert.DoesNotContain(polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.DocumentHoldEnded);
        Assert.Equal(0, polled.Freshness.Failures);
    }

    [Fact]
    public async Task Poll_OnlyTheOlderDocument_ServedAfterThreePolls()
    {
        await using var polled = await PolledProxy.StartAsync(prepare: static upstream => upstream.SetDocument("ser.env", New));

        polled.Upstream.SetDocument("ser.env", Old);
        await polled.PollTimesAsync(2);
        Assert.Equal("new", await polled.PlainAsync());
        var heldBack = await HeldBackAsync(polled);
        Assert.Equal(2, (int)heldBack!["polls"]!);
        Assert.Equal("2026-11-01T12:00:00+00:00", (string?)heldBack["updated_at"]);
        Assert.Contains("edgeproxy_document_held_back{environment=\"Test\"", await polled.Proxy.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);

        await polled.PollAsync();

        Assert.Equal("old", await polled.PlainAsync());
        Assert.Null(await HeldBackAsync(polled));
        Assert.Single(polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.DocumentHeldBack);
        var end = Assert.Single(polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.DocumentHoldEnded);
        Assert.Contains("rollback", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poll_HeldBack_NeitherAFailureNorFresh()
    {
        await using var polled = await PolledProxy.StartAsync(prepare: static upstream => upstream.SetDocument("ser.env", New));
        var fetched = polled.Freshness.Fetched;

        polled.Upstream.SetDocument("ser.env", Old);
        await polled.PollAsync();

        Assert.Equal(fetched, polled.Freshness.Fetched);
        Assert.Equal(0, polled.Freshness.Failures);
        Assert.Contains("outcome=\"held_back\"} 1", await polled.Proxy.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poll_UpstreamCaughtUp_SaidOnce()
    {
        await using var polled = await PolledProxy.StartAsync(prepare: static upstream => upstream.SetDocument("ser.env", New));
        polled.Upstream.SetDocument("ser.env", Old);
        await polled.PollAsync();

        polled.Upstream.SetDocument("ser.env", New);
        await polled.PollTimesAsync(5);

        Assert.Equal("new", await polled.PlainAsync());
        Assert.Null(polled.Freshness.HeldBack);
        Assert.Single(polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.DocumentHoldEnded);
    }

    [Fact]
    public async Task Chain_TwoParentsOneBehind_TheChildsValueChangesOnce()
    {
        await using var ahead = await FakeUpstream.StartAsync();
        await using var behind = await FakeUpstream.StartAsync();
        ahead.SetDocument("ser.env", Old);
        behind.SetDocument("ser.env", Old);
        await using var first = await StartParentAsync(ahead);
        await using var second = await StartParentAsync(behind);
        await first.WaitUntilLoadedAsync();
        await second.WaitUntilLoadedAsync();
        await using var balancer = await Relay.StartAsync(second.Address);
        var time = new ManualTimeProvider();
        await using var child = await TestProxy.StartAsync(Options(balancer.Address, TimeSpan.FromSeconds(10)), time);
        await child.WaitUntilLoadedAsync();

        ahead.SetDocument("ser.env", New);
        await Patience.UntilAsync(async () => await ValueAsync(first) == "new", "the change at the first parent");
        var values = new List<string?> { await ValueAsync(child) };
        for (var i = 0; i < 60; i++)
        {
            balancer.Target = (i % 2 == 0 ? first : second).Address;
            await time.WaitForWaiterAsync(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(12)); // for the next poll
            var before = child.Registry.Environments[0].Freshness;
            while (time.AdvanceToNextTimer() <= CompilationQueue.Turn)
            {
                // That was the timer of a compilation.
            }

            await Patience.UntilAsync(() => !ReferenceEquals(before, child.Registry.Environments[0].Freshness), "the end of the poll");
            values.Add(await ValueAsync(child));
        }

        Assert.Equal("old", values[0]);
        Assert.Equal(1, values.Zip(values.Skip(1)).Count(static pair => pair.First != pair.Second));
        Assert.Equal("new", values[^1]);
    }

    private static byte[] Document(string value, string updatedAt) => PolledProxy.Document(value, document => document["updated_at"] = updatedAt);

    private static Task<TestProxy> StartParentAsync(FakeUpstream upstream) => TestProxy.StartAsync(Options(upstream.Address, TimeSpan.FromMilliseconds(20)));

    private static ProxyOptions Options(Uri upstream, TimeSpan frequency) => new()
    {
        Upstream = new UpstreamOptions { ApiUrl = new Uri(upstream, "/api/v1"), ApiPollFrequency = frequency },
        EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.env", "env")],
    };

    private static async Task<string?> ValueAsync(TestProxy proxy) =>
        (string?)JsonNode.Parse(await proxy.GetAsync("/api/v1/flags/?feature=plain", "env"))!["feature_state_value"];

    private static async Task<JsonNode?> HeldBackAsync(PolledProxy polled) =>
        JsonNode.Parse(await polled.Proxy.Client.GetStringAsync("/proxy/environments"))!["environments"]![0]!["held_back"];
}
