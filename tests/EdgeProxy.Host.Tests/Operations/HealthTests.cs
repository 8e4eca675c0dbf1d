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

    public static TheoryData<string[], bool> Requirements => new()
    {
        { ["all"], false },
        { ["any"], true },
        { ["one"], true }, // by its key
        { ["Test one"], true }, // by its name
        { ["one", "Test one"], true }, // the same twice
        { ["two"], false },
        { ["one", "two"], false },
        { ["Test two"], false }, // nobody knows its name yet
        { ["ONE"], false }, // there is none of that name
    };

    [Theory]
    [MemberData(nameof(Requirements))]
    public async Task Readiness_OneOfTwoRefused_AsRequired(string[] required, bool isReady)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument("ser.one", Document("one")); // two gets 403
        await using var proxy = await StartAsync(upstream, new ManualTimeProvider(), Requirement(required), "one", "two");
        await Patience.UntilAsync(() => proxy.Registry.Environments[0].Freshness.Fetched is not null, "the first environment");

        await AssertReadyAsync(proxy, isReady ? null : "environment document(s) not updated.");
    }

    [Theory]
    [InlineData("all", "environment document(s) stale.")]
    [InlineData("any", null)]
    [InlineData("one", "environment document(s) stale.")]
    [InlineData("Test two", null)]
    public async Task Readiness_OneOfTwoStale_AsRequired(string required, string? reason)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var time = new ManualTimeProvider();
        upstream.SetDocument("ser.one", Document("one"));
        upstream.SetDocument("ser.two", Document("two"));
        await using var proxy = await StartAsync(upstream, time, Requirement(required), "one", "two");
        await Patience.UntilAsync(() => proxy.Registry.Environments.All(static environment => environment.Freshness.Fetched is not null), "both");
        upstream.Behaviour = context => context.Request.Headers["X-Environment-Key"] == "ser.one" ? Fail(context) : upstream.AnswerWithDocumentAsync(context);

        var start = time.GetTimestamp();
        await Patience.UntilAsync(
            () =>
            {
                time.AdvanceToNextTimer();
                return time.GetElapsedTime(start) > TimeSpan.FromSeconds(71); // the interval and twice the grace period
            },
            "time to pass");
        await Patience.UntilAsync(
            () =>
            {
                time.AdvanceToNextTimer();
                var other = proxy.Registry.Environments[1].Freshness;
                return time.GetElapsedTime(other.FetchedTimestamp) < TimeSpan.FromSeconds(60);
            },
            "a fetch of the other");

        await AssertReadyAsync(proxy, reason);
    }

    [Fact]
    public async Task Readiness_AnyAndEveryOneStale_Stale()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var time = new ManualTimeProvider();
        upstream.SetDocument("ser.one", Document("one"));
        await using var proxy = await StartAsync(upstream, time, ReadinessRequirement.Any, "one", "two");
        await Patience.UntilAsync(() => proxy.Registry.Environments[0].Freshness.Fetched is not null, "the first environment");
        upstream.Behaviour = Fail;

        time.Advance(TimeSpan.FromSeconds(71));

        await AssertReadyAsync(proxy, "environment document(s) stale.");
    }

    [Fact]
    public async Task Readiness_AnyAndNothingLoaded_NotUpdated()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        await using var proxy = await StartAsync(upstream, new ManualTimeProvider(), ReadinessRequirement.Any, "one", "two");

        await AssertReadyAsync(proxy, "environment document(s) not updated.");
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

    private static byte[] Document(string key)
    {
        var document = Documents.Small(key);
        document["name"] = $"Test {key}";
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    private static Task Fail(Microsoft.AspNetCore.Http.HttpContext context)
    {
        context.Response.StatusCode = 500;
        return Task.CompletedTask;
    }

    private static ReadinessRequirement Requirement(params string[] words) => words switch
    {
        ["all"] => ReadinessRequirement.All,
        ["any"] => ReadinessRequirement.Any,
        _ => ReadinessRequirement.Of(words),
    };

    private static Task<TestProxy> StartAsync(FakeUpstream upstream, TimeProvider time, int? grace, params string[] keys) => StartAsync(
        upstream, time, new HealthCheckOptions { EnvironmentUpdateGracePeriod = grace is { } seconds ? TimeSpan.FromSeconds(seconds) : null }, keys);

    private static Task<TestProxy> StartAsync(FakeUpstream upstream, TimeProvider time, ReadinessRequirement required, params string[] keys) =>
        StartAsync(upstream, time, new HealthCheckOptions { Readiness = required }, keys);

    private static Task<TestProxy> StartAsync(FakeUpstream upstream, TimeProvider time, HealthCheckOptions health, string[] keys) => TestProxy.StartAsync(
        new ProxyOptions
        {
            ApiUrl = new Uri(upstream.Address, "/api/v1"),
            EnvironmentKeyPairs = [.. keys.Select(static key => new EnvironmentKeyPairOptions($"ser.{key}", key))],
            HealthCheck = health,
        },
        time);

    private static async Task AssertReadyAsync(TestProxy proxy, string? reasonNotTo)
    {
        if (reasonNotTo is not null)
        {
            await AssertNotReadyAsync(proxy, reasonNotTo);
            return;
        }

        using var response = await proxy.Client.GetAsync("/proxy/health/readiness");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

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
