using System.Net;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Operations;

/// <summary>Readiness and its reasons (docs/spec/sdk-api.md 9.1).</summary>
public sealed class ReadinessTests
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/proxy/health")]
    [InlineData("/proxy/health/readiness")]
    [InlineData("/proxy/health/readiness/")]
    public async Task Readiness_AllLoaded_Ok(string path)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("ok", (string?)body["status"]);
        Assert.Null(body["reason"]);
        Assert.True(DateTimeOffset.TryParse((string?)body["last_successful_update"], out _));
    }

    [Fact]
    public async Task Readiness_OneOfTwoNotLoaded_NotUpdatedUntilItIs()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var time = new ManualTimeProvider();
        upstream.SetDocument("ser.one", HealthFixture.Document("one"));
        await using var proxy = await HealthFixture.StartAsync(upstream, time, grace: 30, "one", "two");
        await upstream.WaitForRequestsAsync(2);
        await Patience.UntilAsync(() => proxy.Registry.Environments[0].Current is not null, "the first environment");

        await HealthFixture.AssertNotReadyAsync(proxy, "environment document(s) not updated.");

        upstream.SetDocument("ser.two", HealthFixture.Document("two"));
        await time.WaitForWaiterAsync(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.6)); // the second tries again soon
        time.Advance(TimeSpan.FromSeconds(2));
        await proxy.WaitUntilLoadedAsync();
        using var response = await proxy.Client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Readiness_OldestFetchTooLongAgo_Stale()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var time = new ManualTimeProvider();
        upstream.SetDocument("ser.one", HealthFixture.Document("one"));
        await using var proxy = await HealthFixture.StartAsync(upstream, time, grace: 30, "one");
        await proxy.WaitUntilLoadedAsync();
        await Patience.UntilAsync(() => proxy.Registry.Environments[0].Freshness.Fetched is not null, "the fetch");
        var fetched = time.GetUtcNow();
        upstream.Behaviour = FakeUpstream.Status(500);

        time.Advance(TimeSpan.FromSeconds(40));
        using var fresh = await proxy.Client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, fresh.StatusCode);

        time.Advance(TimeSpan.FromSeconds(1));
        var body = await HealthFixture.AssertNotReadyAsync(proxy, "environment document(s) stale.");
        Assert.Equal(fetched, DateTimeOffset.Parse((string)body["last_successful_update"]!));
        using var flags = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "one");
        Assert.Equal(HttpStatusCode.OK, flags.StatusCode);
    }

    [Fact]
    public async Task Readiness_NoGracePeriod_NeverStale()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var time = new ManualTimeProvider();
        upstream.SetDocument("ser.one", HealthFixture.Document("one"));
        await using var proxy = await HealthFixture.StartAsync(upstream, time, grace: null, "one");
        await proxy.WaitUntilLoadedAsync();
        await Patience.UntilAsync(() => proxy.Registry.Environments[0].Freshness.Fetched is not null, "the fetch");
        upstream.Behaviour = FakeUpstream.Status(500);

        time.Advance(TimeSpan.FromDays(30));

        using var response = await proxy.Client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
