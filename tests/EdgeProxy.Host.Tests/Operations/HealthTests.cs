using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Operations;

/// <summary>sdk-api.md, "Health".</summary>
public sealed class HealthTests
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
        upstream.SetDocument("ser.one", Document("one"));
        await using var proxy = await StartAsync(upstream, time, grace: 30, "one", "two");
        await upstream.WaitForRequestsAsync(2);
        await Patience.UntilAsync(() => proxy.Registry.Environments[0].Current is not null, "the first environment");

        await AssertNotReadyAsync(proxy, "environment document(s) not updated.");

        upstream.SetDocument("ser.two", Document("two"));
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
        upstream.SetDocument("ser.one", Document("one"));
        await using var proxy = await StartAsync(upstream, time, grace: 30, "one");
        await proxy.WaitUntilLoadedAsync();
        await Patience.UntilAsync(() => proxy.Registry.Environments[0].Freshness.Fetched is not null, "the fetch");
        var fetched = time.GetUtcNow();
        upstream.Behaviour = Fail;

        time.Advance(TimeSpan.FromSeconds(40));
        using var fresh = await proxy.Client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, fresh.StatusCode);

        time.Advance(TimeSpan.FromSeconds(1));
        var body = await AssertNotReadyAsync(proxy, "environment document(s) stale.");
        Assert.Equal(fetched, DateTimeOffset.Parse((string)body["last_successful_update"]!));
        using var flags = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "one");
        Assert.Equal(HttpStatusCode.OK, flags.StatusCode);
    }

    [Fact]
    public async Task Readiness_NoGracePeriod_NeverStale()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var time = new ManualTimeProvider();
        upstream.SetDocument("ser.one", Document("one"));
        await using var proxy = await StartAsync(upstream, time, grace: null, "one");
        await proxy.WaitUntilLoadedAsync();
        await Patience.UntilAsync(() => proxy.Registry.Environments[0].Freshness.Fetched is not null, "the fetch");
        upstream.Behaviour = Fail;

        time.Advance(TimeSpan.FromDays(30));

        using var response = await proxy.Client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Liveness_NothingLoaded_OkAndEmpty()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        await using var proxy = await StartAsync(upstream, new ManualTimeProvider(), grace: 30, "one");

        using var response = await proxy.Client.GetAsync("/proxy/health/liveness");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    private static byte[] Document(string key) => Encoding.UTF8.GetBytes(Documents.Small(key).ToJsonString());

    private static Task Fail(Microsoft.AspNetCore.Http.HttpContext context)
    {
        context.Response.StatusCode = 500;
        return Task.CompletedTask;
    }

    private static Task<TestProxy> StartAsync(FakeUpstream upstream, TimeProvider time, int? grace, params string[] keys) => TestProxy.StartAsync(
        new ProxyOptions
        {
            ApiUrl = new Uri(upstream.Address, "/api/v1"),
            EnvironmentKeyPairs = [.. keys.Select(static key => new EnvironmentKeyPairOptions($"ser.{key}", key))],
            HealthCheck = new HealthCheckOptions { EnvironmentUpdateGracePeriod = grace is { } seconds ? TimeSpan.FromSeconds(seconds) : null },
        },
        time);

    private static async Task<JsonNode> AssertNotReadyAsync(TestProxy proxy, string reason)
    {
        using var response = await proxy.Client.GetAsync("/proxy/health/readiness");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("error", (string?)body["status"]);
        Assert.Equal(reason, (string?)body["reason"]);
        return body;
    }
}
