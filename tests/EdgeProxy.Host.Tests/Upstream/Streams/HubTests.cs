using System.Text.Json.Nodes;
using EdgeProxy.Host.Endpoints;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;
using EdgeProxy.Host.Upstream.Streams;

namespace EdgeProxy.Host.Tests.Upstream.Streams;

/// <summary>The API announces a change to one proxy, whose stream announces it to the next (docs/spec/realtime.md 5 and 7).</summary>
public sealed class HubTests
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Push_ToTheHub_ServedByItsFollower(bool isChained)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument("ser.env", FollowingProxy.Document("first", FollowingProxy.Change));
        await using var hub = await StartAsync(upstream.Address, static options => options with { Realtime = new RealtimeOptions { Token = "token" } });
        await using var follower = await StartAsync(
            isChained ? hub.Address : upstream.Address, options => options with { UpstreamStreams = new UpstreamStreamOptions { Url = hub.Address } });
        var environment = follower.Registry.Environments[0];
        await Patience.UntilAsync(() => environment.UpstreamStream?.Phase == UpstreamStreamPhase.Open, "the stream");

        for (var change = 1; change <= 3; change++)
        {
            var time = FollowingProxy.Change.AddSeconds(change);
            upstream.SetDocument("ser.env", FollowingProxy.Document($"value {change}", time));
            await PushAsync(hub, time);
            await Patience.UntilAsync(async () => await PlainAsync(follower) == $"value {change}", "the change");
        }

        // No poll, and nothing twice: the revision of the event says that the document is the one that was announced.
        Assert.Equal(0, environment.Metrics.LaggingFetches);
        await Patience.UntilAsync(() => Fetches(environment) >= 4, "the last fetch to be counted");
        Assert.Equal(4, Fetches(environment));
        Assert.Equal(hub.Registry.Environments[0].Current!.Document.Version, environment.Current!.Document.Version);
    }

    [Fact]
    public async Task Push_ToTheFirstOfThree_ServedByTheLast()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument("ser.env", FollowingProxy.Document("first", FollowingProxy.Change));
        await using var hub = await StartAsync(upstream.Address, static options => options with { Realtime = new RealtimeOptions { Token = "token" } });
        await using var middle = await StartAsync(hub.Address, options => options with { UpstreamStreams = new UpstreamStreamOptions { Url = hub.Address } });
        await using var last = await StartAsync(middle.Address, options => options with { UpstreamStreams = new UpstreamStreamOptions { Url = middle.Address } });
        EnvironmentState[] followers = [middle.Registry.Environments[0], last.Registry.Environments[0]];
        await Patience.UntilAsync(() => followers.All(static follower => follower.UpstreamStream?.Phase == UpstreamStreamPhase.Open), "the streams");

        for (var change = 1; change <= 3; change++)
        {
            var time = FollowingProxy.Change.AddSeconds(change);
            upstream.SetDocument("ser.env", FollowingProxy.Document($"value {change}", time));
            await PushAsync(hub, time);
            await Patience.UntilAsync(async () => await PlainAsync(last) == $"value {change}", "the change");
        }

        foreach (var follower in followers)
        {
            Assert.Equal(0, follower.Metrics.LaggingFetches);
            await Patience.UntilAsync(() => Fetches(follower) >= 4, "the last fetch to be counted");
            Assert.Equal(4, Fetches(follower));
            Assert.Equal(hub.Registry.Environments[0].Current!.Document.Version, follower.Current!.Document.Version);
        }
    }

    [Fact]
    public async Task Hub_Restarts_FollowerMissesNothing()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument("ser.env", FollowingProxy.Document("first", FollowingProxy.Change));
        var hub = await StartAsync(upstream.Address);
        await using var balancer = await FakeStreamingService.StartAsync();
        LeadTo(hub.Address);
        await using var follower = await StartAsync(upstream.Address, options => options with { UpstreamStreams = new UpstreamStreamOptions { Url = balancer.Address } });
        var environment = follower.Registry.Environments[0];
        await Patience.UntilAsync(() => environment.UpstreamStream?.Phase == UpstreamStreamPhase.Open, "the stream");

        // While it is gone, the document changes: its successor has the new one from its start.
        balancer.Behaviour = FakeUpstream.Status(502);
        await hub.DisposeAsync();
        upstream.SetDocument("ser.env", FollowingProxy.Document("second", FollowingProxy.Change.AddSeconds(1)));
        await using var second = await StartAsync(upstream.Address);
        LeadTo(second.Address);

        await Patience.UntilAsync(async () => await PlainAsync(follower) == "second", "the change");
        await Patience.UntilAsync(() => Fetches(environment) >= 2, "the last fetch to be counted");
        Assert.Equal(2, Fetches(environment));

        void LeadTo(Uri address) => balancer.Behaviour = context =>
        {
            context.Response.Redirect(new Uri(address, context.Request.Path).AbsoluteUri);
            return Task.CompletedTask;
        };
    }

    private static async Task PushAsync(TestProxy hub, DateTimeOffset time)
    {
        using var pushed = await hub.SendAsync(
            HttpMethod.Post, "/sse/environments/env/queue-change", null, $$"""{"updated_at":"{{time:o}}"}""", ("Authorization", "Token token"));
        Assert.Equal(200, (int)pushed.StatusCode);
    }

    private static long Fetches(EnvironmentState environment) => Enum.GetValues<FetchOutcome>().Sum(environment.Metrics.Fetches);

    private static async Task<TestProxy> StartAsync(Uri parent, Func<ProxyOptions, ProxyOptions>? configure = null)
    {
        var options = new ProxyOptions
        {
            Upstream = new UpstreamOptions { ApiUrl = new Uri(parent, "/api/v1"), ApiPollFrequency = Never },
            EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.env", "env")],
        };
        var proxy = await TestProxy.StartAsync(configure?.Invoke(options) ?? options);
        await proxy.WaitUntilLoadedAsync();
        return proxy;
    }

    private static async Task<string?> PlainAsync(TestProxy proxy) =>
        (string?)JsonNode.Parse(await proxy.GetAsync("/api/v1/flags/?feature=plain", "env"))!["feature_state_value"];
}
