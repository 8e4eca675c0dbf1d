using System.Net;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Upstream.Discovery;

/// <summary>Environments that come and go with the proxy config (docs/spec/upstream-api.md 4.2).</summary>
public sealed class DiscoveryTests
{
    [Fact]
    public async Task FirstPoll_EnvironmentsListed_ServedWithDocumentsFetchedByBothKeys()
    {
        await using var fixture = await DiscoveryFixture.ListAsync("a", "b");
        await fixture.UntilAsync("a", HttpStatusCode.OK);
        await fixture.UntilAsync("ser.b", HttpStatusCode.OK);

        var requests = fixture.Upstream.Requests.ToList();
        Assert.Equal(("GET", "/api/v1/proxy/config/"), (requests[0].Method, requests[0].Target)); // before any document
        Assert.Equal(FakeUpstream.ProxyKey, requests[0].Header("X-Proxy-Key"));
        Assert.Equal("", requests[0].Header("X-Environment-Key"));
        Assert.Equal("gzip, br", requests[0].Header("Accept-Encoding"));
        var documents = requests.Where(static request => request.Target == "/api/v1/environment-document/").ToList();
        Assert.Equal(["ser.a", "ser.b"], documents.Select(static request => request.Header("X-Environment-Key")).Order());
        Assert.All(documents, static request => Assert.Equal(FakeUpstream.ProxyKey, request.Header("X-Proxy-Key")));
    }

    [Fact]
    public async Task Poll_FromTheSecondOn_ConditionalByEntityTagOnly()
    {
        await using var fixture = await DiscoveryFixture.StartAsync(
            ProxyConfigs.List(ProxyConfigs.Environment("a")), static upstream => upstream.LastModified = "Tue, 03 Nov 2026 01:02:03 GMT");
        await fixture.UntilAsync("a", HttpStatusCode.OK);

        await fixture.PollAsync();

        var last = fixture.Upstream.Requests.Last(static request => request.Target == "/api/v1/proxy/config/");
        Assert.NotEqual("", last.Header("If-None-Match"));
        Assert.Equal("", last.Header("If-Modified-Since"));
        await fixture.UntilAsync("a", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Poll_OncePerPollInterval_GiveOrTakeATenth()
    {
        await using var fixture = await DiscoveryFixture.StartAsync("[]");
        var (atLeast, atMost) = (TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(11));

        for (var asked = 1; asked <= 3; asked++)
        {
            await fixture.Time.WaitForWaiterAsync(atLeast, atMost);
            Assert.Equal(asked, fixture.Upstream.ConfigRequests);
            fixture.Time.Advance(atMost);
            await Patience.UntilAsync(() => fixture.Upstream.ConfigRequests > asked, "the next poll");
        }
    }

    [Fact]
    public async Task Poll_AddedChangedAndDroppedUnderLoad_EachFromTheNextRequestOnAndNoOtherNotices()
    {
        await using var fixture = await DiscoveryFixture.ListAsync("a", "b");
        await fixture.UntilAsync("a", HttpStatusCode.OK);
        await fixture.UntilAsync("b", HttpStatusCode.OK);
        using var end = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var answers = 0;
            while (!end.IsCancellationRequested)
            {
                Assert.Equal("first", await fixture.PlainAsync("a"));
                answers++;
            }

            return answers;
        })));
        var loaded = fixture.State("a").Current;

        fixture.Upstream.ProxyConfig = ProxyConfigs.List(
            ProxyConfigs.Environment("c"), ProxyConfigs.Environment("a", ProxyConfigs.Key("ser.a"), ProxyConfigs.Key("ser.new")));
        await fixture.PollAsync();

        await fixture.UntilAsync("c", HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, await fixture.StatusAsync("ser.new"));
        Assert.Equal(HttpStatusCode.Unauthorized, await fixture.StatusAsync("b"));
        Assert.Equal(HttpStatusCode.Unauthorized, await fixture.StatusAsync("ser.b"));
        Assert.Same(loaded, fixture.State("a").Current);

        fixture.Upstream.ProxyConfig = ProxyConfigs.List(ProxyConfigs.Environment("a"));
        await fixture.PollAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await fixture.StatusAsync("c"));
        Assert.Equal(HttpStatusCode.Unauthorized, await fixture.StatusAsync("ser.new"));
        await end.CancelAsync();
        Assert.All(await load, static answers => Assert.InRange(answers, 1, int.MaxValue));
    }

    [Fact]
    public async Task Poll_DroppedAndListedAgain_NothingOfBeforeIsLeft()
    {
        await using var fixture = await DiscoveryFixture.ListAsync("a", "b");
        await fixture.UntilAsync("b", HttpStatusCode.OK);

        fixture.Upstream.ProxyConfig = ProxyConfigs.List(ProxyConfigs.Environment("a"));
        await fixture.PollAsync();
        var asked = DocumentRequests(fixture, "ser.b");
        await fixture.PollAsync();
        Assert.Equal(asked, DocumentRequests(fixture, "ser.b")); // it is not polled any more

        fixture.Upstream.SetDocument("ser.b", DiscoveryFixture.Document("b", "second"));
        fixture.Upstream.ProxyConfig = ProxyConfigs.List(ProxyConfigs.Environment("a"), ProxyConfigs.Environment("b"));
        await fixture.PollAsync();

        await fixture.UntilAsync("b", HttpStatusCode.OK);
        Assert.Equal("second", await fixture.PlainAsync("b"));
        var first = fixture.Upstream.Requests.Where(static request => request.Header("X-Environment-Key") == "ser.b").Skip(asked).First();
        Assert.Equal("", first.Header("If-None-Match"));
    }

    [Fact]
    public async Task Poll_KeysRotated_NewOnesOpenAndFetchAndOldOnesStop()
    {
        await using var fixture = await DiscoveryFixture.ListAsync("a");
        await fixture.UntilAsync("ser.a", HttpStatusCode.OK);
        var loaded = fixture.State("a").Current;
        fixture.Upstream.SetDocument("ser.rotated", DiscoveryFixture.Document("a"));

        fixture.Upstream.ProxyConfig = ProxyConfigs.List(
            ProxyConfigs.Environment("a", ProxyConfigs.Key("ser.a", active: false), ProxyConfigs.Key("ser.rotated"), ProxyConfigs.Key("ser.third")));
        await fixture.PollAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await fixture.StatusAsync("ser.a"));
        Assert.Equal(HttpStatusCode.OK, await fixture.StatusAsync("ser.rotated"));
        Assert.Equal(HttpStatusCode.OK, await fixture.StatusAsync("ser.third", "/api/v1/environment-document/"));
        Assert.Equal(HttpStatusCode.OK, await fixture.StatusAsync("a"));
        Assert.Same(loaded, fixture.State("a").Current);
        await Patience.UntilAsync(
            () =>
            {
                fixture.Time.Advance(TimeSpan.FromSeconds(1));
                return DocumentRequests(fixture, "ser.rotated") > 0;
            },
            "a poll with the new key");
        Assert.Equal(0, DocumentRequests(fixture, "ser.third"));
        var entry = fixture.Proxy.Log.Entries.Last(static entry => entry.EventId == EventIds.DiscoveryChanged);
        Assert.Contains("Name of a", entry.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ser.rotated", entry.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_ExpiresBetweenPolls_StopsAtOnce()
    {
        await using var fixture = await DiscoveryFixture.StartAsync(ProxyConfigs.List(
            ProxyConfigs.Environment("a", ProxyConfigs.Key("ser.short", expiresAt: "2026-11-22T12:00:00"), ProxyConfigs.Key("ser.a"))),
            static upstream => upstream.SetDocument("ser.short", DiscoveryFixture.Document("a")));
        await fixture.UntilAsync("ser.short", HttpStatusCode.OK);
        var loaded = fixture.State("a").Current;
        fixture.Upstream.Behaviour = HangAsync; // no poll comes to its end any more

        fixture.Time.Advance(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero) - fixture.Time.GetUtcNow() - TimeSpan.FromTicks(1));
        Assert.Equal(HttpStatusCode.OK, await fixture.StatusAsync("ser.short"));
        fixture.Time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(HttpStatusCode.Unauthorized, await fixture.StatusAsync("ser.short"));
        Assert.Equal(HttpStatusCode.OK, await fixture.StatusAsync("ser.a"));
        Assert.Equal(HttpStatusCode.OK, await fixture.StatusAsync("a"));
        Assert.Same(loaded, fixture.State("a").Current);
    }

    [Fact]
    public async Task Key_LastOneExpires_EnvironmentIsNotServedToClientsEither()
    {
        await using var fixture = await DiscoveryFixture.StartAsync(ProxyConfigs.List(
            ProxyConfigs.Environment("a", ProxyConfigs.Key("ser.a", expiresAt: "2026-11-22T12:00:00Z")), ProxyConfigs.Environment("b")));
        await fixture.UntilAsync("a", HttpStatusCode.OK);
        await fixture.UntilAsync("b", HttpStatusCode.OK);

        fixture.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(HttpStatusCode.Unauthorized, await fixture.StatusAsync("a"));
        Assert.Equal(HttpStatusCode.Unauthorized, await fixture.StatusAsync("ser.a"));

        // The config is the same, and yet with the next poll the environment is gone.
        await fixture.PollAsync();
        Assert.Equal("b", Assert.Single(fixture.Proxy.Registry.Environments).ClientSideKey);
        Assert.DoesNotContain(fixture.Proxy.Log.Entries, static entry => entry.Level > Microsoft.Extensions.Logging.LogLevel.Information);
    }

    [Fact]
    public async Task Poll_NoUsableKey_NotServedAndNoError()
    {
        await using var fixture = await DiscoveryFixture.StartAsync(ProxyConfigs.List(
            ProxyConfigs.Environment("none", []),
            ProxyConfigs.Environment("off", ProxyConfigs.Key("ser.off", active: false)),
            ProxyConfigs.Environment("over", ProxyConfigs.Key("ser.over", expiresAt: "2026-11-22T09:59:59Z")),
            ProxyConfigs.Environment("a")));
        await fixture.UntilAsync("a", HttpStatusCode.OK);

        foreach (var key in new[] { "none", "off", "ser.off", "over", "ser.over" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await fixture.StatusAsync(key));
        }

        Assert.DoesNotContain(fixture.Proxy.Log.Entries, static entry => entry.Level > Microsoft.Extensions.Logging.LogLevel.Information);
    }

    [Fact]
    public async Task Poll_NothingChanged_NothingLogged()
    {
        await using var fixture = await DiscoveryFixture.StartAsync(
            ProxyConfigs.List(ProxyConfigs.Environment("a"), 5), static upstream => upstream.GivesEntityTags = false);
        await fixture.UntilAsync("a", HttpStatusCode.OK);

        await fixture.PollAsync();
        await fixture.PollAsync();

        Assert.Equal(1, fixture.Logged(EventIds.DiscoveryChanged));
        var odd = Assert.Single(fixture.Proxy.Log.Entries, static entry => entry.EventId == EventIds.DiscoveryProblem);
        Assert.Contains("$[1]", odd.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poll_EmptyList_ReadyWithNothingToServe()
    {
        await using var fixture = await DiscoveryFixture.StartAsync("[]");

        await Patience.UntilAsync(async () => (await fixture.Proxy.Client.GetAsync("/health")).IsSuccessStatusCode, "readiness");

        Assert.Empty(fixture.Proxy.Registry.Environments);
    }

    [Fact]
    public async Task Poll_TheProxyKeyIsNoKeyOfAClient()
    {
        await using var fixture = await DiscoveryFixture.ListAsync("a");
        await fixture.UntilAsync("a", HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.Unauthorized, await fixture.StatusAsync(FakeUpstream.ProxyKey));
    }

    [Fact]
    public async Task NoProxyKey_TheConfigIsNotAskedFor()
    {
        await using var fixture = await DiscoveryFixture.StartAsync("[]", configure: static options => options with
        {
            Upstream = options.Upstream with { ProxyKey = null },
            EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.a", "a")],
        });
        await fixture.UntilAsync("a", HttpStatusCode.OK);

        var request = Assert.Single(fixture.Upstream.Requests);
        Assert.Equal("/api/v1/environment-document/", request.Target);
        Assert.Equal("", request.Header("X-Proxy-Key"));
    }

    private static int DocumentRequests(DiscoveryFixture fixture, string key) =>
        fixture.Upstream.Requests.Count(request => request.Header("X-Environment-Key") == key);

    private static async Task HangAsync(Microsoft.AspNetCore.Http.HttpContext context) =>
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
