using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Persistence;
using EdgeProxy.Host.Tests.Upstream;
using EdgeProxy.Host.Tests.Upstream.Discovery;

namespace EdgeProxy.Host.Tests.Metrics;

public sealed class EnvironmentMetricsTests
{
    private const string Fetches = "edgeproxy_fetches_total";

    [Fact]
    public async Task Fetches_OfEveryOutcome_CountedWithWhatBecameOfTheDocument()
    {
        await using var polled = await PolledProxy.StartAsync();
        await polled.PollAsync(); // not modified
        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("second"));
        await polled.PollAsync();
        polled.Upstream.SetDocument("ser.env", "{}"u8.ToArray());
        await polled.PollAsync();
        var rejected = await Exposition.OfAsync(polled.Proxy);
        polled.Upstream.Behaviour = FakeUpstream.Status(500);
        await polled.PollAsync();
        polled.Upstream.Behaviour = FakeUpstream.Status(403);
        await polled.PollAsync();
        var failing = await Exposition.OfAsync(polled.Proxy);
        polled.Heal();
        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("third"));
        await polled.PollAsync();
        var healed = await Exposition.OfAsync(polled.Proxy);

        Assert.Equal(1, rejected.Sum("edgeproxy_document_rejected"));
        Assert.Equal(1, rejected.Sum("edgeproxy_rejected_documents_total"));
        Assert.Equal(3, failing.Sum("edgeproxy_consecutive_fetch_failures"));
        Assert.Equal(0, healed.Sum("edgeproxy_consecutive_fetch_failures"));
        Assert.Equal(0, healed.Sum("edgeproxy_document_rejected"));
        Assert.Equal(
            ["updated 3", "unchanged 1", "failed 1", "refused 1", "rejected 1", "held_back 0", "held 0"],
            healed.Find(Fetches, ("environment", "Test")).Select(static sample => $"{sample.Labels["outcome"]} {sample.Value}"));
        Assert.Equal(3, healed.Sum("edgeproxy_environment_updates_total"));
        Assert.Equal(3, healed.Sum("edgeproxy_compile_seconds_count"));
        Assert.Equal(1, healed.Sum("edgeproxy_environment_source", ("source", "upstream")));
        Assert.Equal(4, healed.Sum("edgeproxy_features"));
        Assert.Equal(1, healed.Sum("edgeproxy_segments"));
        Assert.Equal(1, healed.Sum("edgeproxy_identity_overrides"));
        Assert.Equal(PolledProxy.Document("third").Length, healed.Sum("edgeproxy_document_bytes"));
        Assert.Equal(
            new DateTimeOffset(2026, 11, 1, 12, 0, 0, 250, TimeSpan.Zero).ToUnixTimeMilliseconds() / 1000.0,
            healed.Sum("edgeproxy_document_updated_timestamp_seconds"));
    }

    [Fact]
    public async Task Age_WithoutAnAnswer_GrowsByTheTimeThatPasses()
    {
        await using var polled = await PolledProxy.StartAsync();
        polled.Upstream.Behaviour = FakeUpstream.Status(500);
        await polled.PollAsync();
        var before = await Exposition.OfAsync(polled.Proxy);
        polled.Time.SetUtcNow(polled.Time.GetUtcNow().AddDays(-3)); // which is no time
        var set = await Exposition.OfAsync(polled.Proxy);
        await polled.PollAsync();
        polled.Time.Advance(TimeSpan.FromMilliseconds(1));
        var after = await Exposition.OfAsync(polled.Proxy);

        Assert.True(before.Sum("edgeproxy_document_age_seconds") > 0);
        Assert.Equal(before.Sum("edgeproxy_document_age_seconds"), set.Sum("edgeproxy_document_age_seconds"));
        Assert.True(after.Sum("edgeproxy_document_age_seconds") > set.Sum("edgeproxy_document_age_seconds"));
        Assert.Equal(10, after.Sum("edgeproxy_poll_interval_seconds"));
    }

    [Fact]
    public async Task Environment_NotLoaded_SeriesWithoutANameAndNotReady()
    {
        await using var polled = await PolledProxy.StartAsync(prepare: static upstream => upstream.Behaviour = FakeUpstream.Status(500));
        using var response = await polled.Proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "env");
        Assert.Equal(503, (int)response.StatusCode);
        var exposed = await Exposition.OfAsync(polled.Proxy);

        Assert.Equal("", Assert.Single(exposed.Find("edgeproxy_environment_loaded")).Labels["environment"]);
        Assert.Equal(0, exposed.Sum("edgeproxy_environment_loaded"));
        Assert.Equal(0, exposed.Sum("edgeproxy_ready"));
        Assert.Empty(exposed.Find("edgeproxy_document_age_seconds"));
        Assert.Equal(1, exposed.Sum(Fetches, ("outcome", "failed")));
        polled.Heal();
        await polled.PollAsync();
        exposed = await Exposition.OfAsync(polled.Proxy);
        Assert.Equal(1, exposed.Sum("edgeproxy_ready"));
        Assert.Equal(1, exposed.Sum("edgeproxy_requests_total", ("environment", "Test"), ("status", "503"))); // what was counted moves along
    }

    [Fact]
    public async Task Environment_ServedFromDisk_SaysSoAndHowOldItIs()
    {
        await using var start = await ColdStart.CreateAsync();
        await start.KeepAsync("first");
        start.Upstream.Behaviour = FakeUpstream.Status(500);
        start.Time.Advance(TimeSpan.FromHours(2));
        await start.StartAsync();
        await start.Proxy.WaitUntilLoadedAsync();
        var exposed = await Exposition.OfAsync(start.Proxy);

        Assert.Equal("disk", Assert.Single(exposed.Find("edgeproxy_environment_source")).Labels["source"]);
        Assert.InRange(exposed.Sum("edgeproxy_document_age_seconds"), 2 * 3600 - 61, 2 * 3600 + 61);
    }

    [Fact]
    public async Task Environment_DroppedAndBack_SeriesGoneAndThenFromZero()
    {
        await using var fixture = await DiscoveryFixture.ListAsync("a", "b");
        await fixture.UntilAsync("a", System.Net.HttpStatusCode.OK);
        await fixture.UntilAsync("b", System.Net.HttpStatusCode.OK);
        var key = fixture.State("a").Metrics.Key;
        Assert.NotEmpty((await Exposition.OfAsync(fixture.Proxy)).Find("edgeproxy_requests_total", ("environment_key", key)));

        fixture.Upstream.ProxyConfig = ProxyConfigs.List(ProxyConfigs.Environment("b"));
        await fixture.PollAsync();
        await fixture.UntilAsync("a", System.Net.HttpStatusCode.Unauthorized);
        var dropped = await Exposition.OfAsync(fixture.Proxy);
        fixture.Upstream.ProxyConfig = ProxyConfigs.List(ProxyConfigs.Environment("a"), ProxyConfigs.Environment("b"));
        await fixture.PollAsync();
        await Patience.UntilAsync(() => fixture.Proxy.Registry.Environments.Any(static environment => environment is { ClientSideKey: "a", Current: not null }), "a again");
        var back = await Exposition.OfAsync(fixture.Proxy);

        Assert.DoesNotContain(dropped.Samples, sample => sample.Labels.GetValueOrDefault("environment_key") == key);
        Assert.Equal(1, back.Sum("edgeproxy_environment_updates_total", ("environment_key", key)));
        Assert.Empty(back.Find("edgeproxy_requests_total", ("environment_key", key)));
    }

    [Fact]
    public async Task Demo_Served_NoAgeAndNoFetches()
    {
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions { Demo = true });
        await proxy.WaitUntilLoadedAsync();
        var exposed = await Exposition.OfAsync(proxy);

        Assert.Empty(exposed.Find("edgeproxy_document_age_seconds"));
        Assert.Empty(exposed.Find(Fetches));
        Assert.Equal(1, exposed.Sum("edgeproxy_environments"));
    }
}
