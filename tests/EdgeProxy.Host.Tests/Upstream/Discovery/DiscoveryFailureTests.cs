using System.Net;
using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Testing.Faults;
using EdgeProxy.Host.Upstream.Discovery;
using EdgeProxy.Host.Upstream.Failures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Upstream.Discovery;

/// <summary>A failed fetch of the proxy config changes nothing (docs/spec/upstream-api.md 4.2).</summary>
public sealed class DiscoveryFailureTests
{
    // Of what UpstreamFaults has, one of a kind; of bodies, what is no list either.
    public static TheoryData<string> Faults =>
    [
        "status 500", "429 for a few seconds", "status 401", "status 403", "status 404", "status 204", "status 304", "a page for people",
        "an object of another kind", "nothing", "half a document", "less than it said", "reset before the head", "redirect to another host",
        "redirects in a circle", "too large", "gzip bomb",
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Poll_Fails_NothingChangesAndItRecovers(string name)
    {
        await using var fixture = await DiscoveryFixture.StartAsync(
            ProxyConfigs.List(ProxyConfigs.Environment("a")),
            static upstream => upstream.GivesEntityTags = false,
            static options => options with { Documents = options.Documents with { MaxDocumentBytes = 1024 * 1024 } });
        await fixture.UntilAsync("a", HttpStatusCode.OK);
        var environments = fixture.Proxy.Registry.Environments;
        fixture.Upstream.ProxyConfig = ProxyConfigs.List(ProxyConfigs.Environment("b"));
        fixture.Upstream.Behaviour = Misbehave(fixture.Upstream, name);

        await fixture.PollAsync();

        Assert.Same(environments, fixture.Proxy.Registry.Environments);
        Assert.Equal(HttpStatusCode.OK, await fixture.StatusAsync("a"));
        Assert.Equal(HttpStatusCode.OK, await fixture.StatusAsync("ser.a"));
        await Patience.UntilAsync(() => fixture.Logged(EventIds.DiscoveryFailed) + fixture.Logged(EventIds.ProxyKeyRejected) > 0, "a word of the failure"); // redirects are requests, too
        Assert.Equal(0, fixture.Logged(EventIds.DiscoveryUnexpected));

        fixture.Upstream.Behaviour = null;
        await fixture.PollAsync();
        await fixture.UntilAsync("b", HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, await fixture.StatusAsync("a"));
        Assert.Equal(1, fixture.Logged(EventIds.DiscoveryRecovered));
    }

    [Fact]
    public async Task Poll_Hangs_GivenUpAfterTheTimeout()
    {
        await using var fixture = await DiscoveryFixture.ListAsync("a");
        await fixture.UntilAsync("a", HttpStatusCode.OK);
        fixture.Upstream.Behaviour = Misbehave(fixture.Upstream, "hangs before the head");
        await fixture.AskAsync();

        fixture.Time.Advance(TimeSpan.FromHours(1));

        var entry = await fixture.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.DiscoveryFailed);
        Assert.Contains("no answer within 3600 s", entry.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await fixture.StatusAsync("a"));
    }

    [Fact]
    public async Task FirstPoll_Fails_NotReadyUntilItSucceedsAndConfiguredEnvironmentsServedMeanwhile()
    {
        await using var fixture = await DiscoveryFixture.StartAsync(
            ProxyConfigs.List(ProxyConfigs.Environment("a")),
            static upstream => upstream.Behaviour = Misbehave(upstream, "status 500"),
            static options => options with { EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.b", "b")] });
        await fixture.UntilAsync("b", HttpStatusCode.OK);
        using (var response = await fixture.Proxy.Client.GetAsync("/health"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        }

        fixture.Upstream.Behaviour = null;
        await fixture.AskAsync();

        await fixture.UntilAsync("a", HttpStatusCode.OK);
        using var ready = await fixture.Proxy.Client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Poll_KeyRefused_SaidOnceAMinuteWithoutTheKey(int status)
    {
        await using var fixture = await DiscoveryFixture.StartAsync("[]", upstream => upstream.Behaviour = FakeUpstream.Status(status));
        var entry = await fixture.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.ProxyKeyRejected);
        var said = fixture.Time.GetUtcNow();
        for (var i = 0; i < 3; i++)
        {
            await fixture.AskAsync();
        }

        Assert.True(fixture.Time.GetUtcNow() - said >= TimeSpan.FromMinutes(1) || fixture.Logged(EventIds.ProxyKeyRejected) == 1);
        Assert.Equal(LogLevel.Error, entry.Level);
        Assert.Contains("Check proxy_key", entry.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeUpstream.ProxyKey, entry.Message, StringComparison.Ordinal);

        fixture.Time.Advance(TimeSpan.FromSeconds(60));
        await Patience.UntilAsync(
            () =>
            {
                fixture.Time.Advance(TimeSpan.FromSeconds(1));
                return fixture.Logged(EventIds.ProxyKeyRejected) >= 2;
            },
            "the second word a minute later");
    }

    [Fact]
    public async Task Poll_AskedToComeLater_NotSooner()
    {
        await using var fixture = await DiscoveryFixture.StartAsync("[]", static upstream => upstream.Behaviour = static context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "40";
            return Task.CompletedTask;
        });
        await fixture.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.DiscoveryFailed);
        await fixture.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(39), TimeSpan.FromSeconds(45));

        fixture.Time.Advance(TimeSpan.FromSeconds(39));
        Assert.Equal(1, fixture.Upstream.ConfigRequests);
        await fixture.AskAsync();
    }

    [Fact]
    public async Task Poll_RedirectToAnotherHost_RefusedAndTheKeyStays()
    {
        await using var other = await FakeUpstream.StartAsync();
        await using var fixture = await DiscoveryFixture.StartAsync("[]", upstream => upstream.Behaviour = context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = new Uri(other.Address, "/api/v1/proxy/config/").AbsoluteUri;
            return Task.CompletedTask;
        });

        var entry = await fixture.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.DiscoveryFailed);

        Assert.Contains("redirected to another host", entry.Message, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Apply_ConfigFromElsewhere_ServedBeforeTheUpstreamAnswers()
    {
        await using var fixture = await DiscoveryFixture.StartAsync(
            "[]", static upstream => upstream.Behaviour = Misbehave(upstream, "status 500"));
        var environments = fixture.Proxy.Services.GetRequiredService<DiscoveredEnvironments>();

        environments.Apply(Encoding.UTF8.GetBytes(ProxyConfigs.List(ProxyConfigs.Environment("a"))));

        await fixture.UntilAsync("a", HttpStatusCode.OK);
        Assert.Throws<UpstreamException>(() => environments.Apply("{}"u8.ToArray()));
        Assert.Equal(HttpStatusCode.OK, await fixture.StatusAsync("a"));
    }

    /// <summary>With the proxy config only: documents are given as usual.</summary>
    private static Func<HttpContext, Task> Misbehave(FakeUpstream upstream, string name)
    {
        var fault = UpstreamFaults.Named(name);
        return context => context.Request.Path == "/api/v1/proxy/config/"
            ? fault.AnswerAsync(context, Encoding.UTF8.GetBytes(upstream.ProxyConfig!))
            : upstream.AnswerWithDocumentAsync(context);
    }
}
