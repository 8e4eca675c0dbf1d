using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Upstream.Discovery;
using EdgeProxy.Host.Upstream.Streams;

namespace EdgeProxy.Host.Tests.Upstream.Streams;

/// <summary>docs/spec/realtime.md 7.1 and 7.2: which environments have a stream, and what is told of it.</summary>
public sealed class StreamServiceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(null)]
    public async Task Project_RealtimeDisabled_NoStreamUntilADocumentEnablesIt(bool? isEnabled)
    {
        await using var proxy = await FollowingProxy.StartAsync(isEnabled: isEnabled);
        await proxy.MoveUntilAsync(() => proxy.Environment.UpstreamStream?.Phase == UpstreamStreamPhase.Disabled, TimeSpan.FromMilliseconds(1), "the decision");
        await proxy.Polled.PollTimesAsync(2);
        Assert.Empty(proxy.Service.Requests);
        Assert.Single(proxy.Polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.StreamDisabled);

        proxy.SetDocument("second", FollowingProxy.Change);
        await proxy.Polled.PollAsync();
        var stream = await proxy.NextStreamAsync(1);

        proxy.SetDocument("third", FollowingProxy.Change.AddSeconds(1), isEnabled);
        await stream.AnnounceAsync(FollowingProxy.Change.AddSeconds(1));
        await Patience.UntilAsync(() => stream.IsClosed, "the stream to be closed");
        await Patience.UntilAsync(() => proxy.Environment.UpstreamStream?.Phase == UpstreamStreamPhase.Disabled, "the phase");
        Assert.Equal(0, Enum.GetValues<UpstreamStreamEndCause>().Sum(proxy.Environment.Metrics.UpstreamStream.Ends));
    }

    [Fact]
    public async Task Project_SettingIgnored_Stream()
    {
        await using var proxy = await FollowingProxy.StartAsync(static options => options with { IgnoreProjectSetting = true }, isEnabled: false);
        await proxy.NextStreamAsync(1);
    }

    [Fact]
    public async Task Url_None_NoStreamAndNothingListed()
    {
        await using var proxy = await FollowingProxy.StartAsync(static options => options with { Url = null });
        await proxy.Polled.PollTimesAsync(2);

        Assert.Empty(proxy.Service.Requests);
        Assert.Null((await ListAsync(proxy))["upstream_stream"]);
        Assert.DoesNotContain((await Exposition.OfAsync(proxy.Polled.Proxy)).Samples, static sample => sample.Name == "edgeproxy_upstream_stream_open");
    }

    [Fact]
    public async Task Url_WithPath_StreamsBelowIt()
    {
        await using var proxy = await FollowingProxy.StartAsync(static options => options with { Url = new Uri(options.Url!, "/realtime") });
        await proxy.NextStreamAsync(1);

        Assert.Equal("/realtime/sse/environments/env/stream", Assert.Single(proxy.Service.Requests).Target);
    }

    [Fact]
    public async Task Listing_AndMetrics_TellOfTheStream()
    {
        var (proxy, stream) = await FollowingProxy.OpenAsync();
        await using var owned = proxy;
        proxy.SetDocument("second", FollowingProxy.Change);
        await stream.AnnounceAsync(FollowingProxy.Change);
        await proxy.WaitForAsync("second");
        await Patience.UntilAsync(
            async () => (await Exposition.OfAsync(proxy.Polled.Proxy)).Sum("edgeproxy_change_delay_seconds_count", ("source", "stream")) == 1, "the delay to be recorded");

        var listed = await ListAsync(proxy);
        Assert.Equal("open", (string?)listed["upstream_stream"]!["status"]);
        Assert.Equal(proxy.Time.GetUtcNow(), (DateTimeOffset)listed["upstream_stream"]!["last_event"]!);
        Assert.Null(listed["upstream_stream"]!["last_error"]);
        var exposed = await Exposition.OfAsync(proxy.Polled.Proxy);
        Assert.Equal(1, exposed.Sum("edgeproxy_upstream_stream_open"));
        Assert.Equal(1, exposed.Sum("edgeproxy_upstream_stream_events_total", ("outcome", "change")));
        Assert.Equal(1, exposed.Sum("edgeproxy_announced_changes_total", ("source", "stream")));

        proxy.Service.Behaviour = FakeUpstream.Status(404);
        stream.Abort();
        await proxy.MoveUntilAsync(() => proxy.Environment.Metrics.UpstreamStream.Ends(UpstreamStreamEndCause.Refused) == 1, TimeSpan.FromSeconds(0.1), "the refusal");
        listed = await ListAsync(proxy);
        Assert.Equal("retrying", (string?)listed["upstream_stream"]!["status"]);
        Assert.Contains("HTTP 404", (string?)listed["upstream_stream"]!["last_error"]!["message"], StringComparison.Ordinal);
        exposed = await Exposition.OfAsync(proxy.Polled.Proxy);
        Assert.Equal(0, exposed.Sum("edgeproxy_upstream_stream_open"));
        Assert.Equal(1, exposed.Sum("edgeproxy_upstream_stream_ends_total", ("cause", "failed")));
        Assert.Equal(1, exposed.Sum("edgeproxy_upstream_stream_ends_total", ("cause", "refused")));
    }

    [Fact]
    public async Task Discovery_EnvironmentsComeChangeKeysAndGo_StreamsFollow()
    {
        await using var service = await FakeStreamingService.StartAsync();
        await using var fixture = await DiscoveryFixture.StartAsync(
            ProxyConfigs.List(ProxyConfigs.Environment("a")),
            configure: options => options with { UpstreamStreams = new UpstreamStreamOptions { Url = service.Address, IgnoreProjectSetting = true } });
        await WaitForStreamsAsync(1);
        Assert.Equal("/sse/environments/a/stream", service.Requests.Single().Target);

        fixture.Upstream.ProxyConfig = ProxyConfigs.List(ProxyConfigs.Environment("a"), ProxyConfigs.Environment("b"));
        await fixture.PollAsync();
        await WaitForStreamsAsync(2);
        Assert.False(service.Streams.First().IsClosed);
        Assert.Equal("/sse/environments/b/stream", service.Requests.Last().Target);

        fixture.Upstream.ProxyConfig = ProxyConfigs.List(ProxyConfigs.Environment("b"));
        await fixture.PollAsync();
        await Patience.UntilAsync(() => service.Streams.First().IsClosed, "the stream of the environment that is gone to be closed");
        Assert.False(service.Streams.Last().IsClosed);

        Task WaitForStreamsAsync(int count) => Patience.UntilAsync(
            () =>
            {
                if (service.Streams.Count < count)
                {
                    fixture.Time.Advance(TimeSpan.FromMilliseconds(10));
                }

                return service.Streams.Count == count;
            },
            $"{count} streams");
    }

    [Fact]
    public async Task Service_NotThere_OneLineForAllEnvironments()
    {
        string[] keys = [.. Enumerable.Range(0, 50).Select(static number => string.Create(CultureInfo.InvariantCulture, $"env{number}")), "env"];
        var service = await FakeStreamingService.StartAsync();
        await using var polled = await PolledProxy.StartAsync(
            prepare: upstream => Array.ForEach(keys, key => upstream.SetDocument($"ser.{key}", Encoding.UTF8.GetBytes(Documents.Small(key).ToJsonString()))),
            configure: options => options with
            {
                EnvironmentKeyPairs = [.. keys.Select(static key => new EnvironmentKeyPairOptions($"ser.{key}", key))],
                UpstreamStreams = new UpstreamStreamOptions { Url = service.Address, IgnoreProjectSetting = true },
            });
        await service.DisposeAsync();
        await polled.Proxy.WaitUntilLoadedAsync();

        await MoveAsync(() => polled.Proxy.Registry.Environments.All(static environment => environment.Metrics.UpstreamStream.Ends(UpstreamStreamEndCause.Failed) >= 2));

        var failure = Assert.Single(polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.StreamFailed);
        Assert.Contains($"connection refused by 127.0.0.1:{service.Address.Port}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ser.", failure.Message, StringComparison.Ordinal);

        Task MoveAsync(Func<bool> holds) => Patience.UntilAsync(
            () =>
            {
                polled.Time.Advance(TimeSpan.FromSeconds(0.05));
                return holds();
            },
            "all streams to fail");
    }

    [Fact]
    public async Task Stop_StreamIsOpen_ClosedAtOnce()
    {
        var (proxy, stream) = await FollowingProxy.OpenAsync();
        await using var owned = proxy;

        await proxy.Polled.Proxy.StopAsync();

        await Patience.UntilAsync(() => stream.IsClosed, "the stream to be closed");
        Assert.DoesNotContain(proxy.Polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.StreamFailed);
    }

    private static async Task<JsonNode> ListAsync(FollowingProxy proxy) =>
        JsonNode.Parse(await proxy.Polled.Proxy.Client.GetStringAsync("/proxy/environments"))!["environments"]![0]!;
}
