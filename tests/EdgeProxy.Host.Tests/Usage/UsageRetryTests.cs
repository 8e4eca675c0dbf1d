using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Testing.Faults;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Usage;

/// <summary>A report that may not have arrived is repeated under the same key (docs/spec/upstream-api.md 5.3).</summary>
public sealed class UsageRetryTests
{
    private const string Circle = "redirects in a circle";

    // Of what UpstreamFaults has, what leaves open whether a report was taken; a body says nothing of that.
    public static TheoryData<string> Faults =>
        ["status 500", "status 504", "status 304", "reset before the head", "reset inside the head", "not HTTP", "redirect to another host", "redirect to nowhere", Circle];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Flush_Fails_TheSameUnderTheSameKeyAndNothingNewBeforeItIsThrough(string name)
    {
        await using var fixture = await UsageFixture.StartAsync();
        fixture.AnswerReports(Misbehave(name));
        await fixture.Proxy.GetAsync("/api/v1/flags/", "a");
        await fixture.PassIntervalAsync();
        await fixture.UntilReportsAsync(1);
        await fixture.Proxy.GetAsync("/api/v1/flags/", "b"); // counted, but not told yet
        await fixture.Proxy.GetAsync("/api/v1/flags/", "a");

        var failed = name == Circle ? 12 : 4;
        await fixture.UntilReportsAsync(failed);
        var tried = fixture.Upstream.UsageReports.ToList();
        var first = tried[0];
        Assert.Equal(["a flags 1"], UsageFixture.Rows(first));
        Assert.All(tried, report => Assert.Equal((first.Header("Idempotency-Key"), first.Body), (report.Header("Idempotency-Key"), report.Body)));
        var entry = fixture.Proxy.Log.Entries.First(static entry => entry.EventId == EventIds.UsageDelayed);
        Assert.Equal(LogLevel.Warning, entry.Level);

        fixture.Upstream.Behaviour = null;
        await fixture.UntilLoggedAsync(EventIds.UsageRecovered);
        var through = fixture.Upstream.UsageReports.Last();
        Assert.Equal(first.Header("Idempotency-Key"), through.Header("Idempotency-Key"));
        var before = fixture.Upstream.UsageReports.Count();
        await fixture.UntilReportsAsync(before + 1);
        var next = fixture.Upstream.UsageReports.Last();
        Assert.NotEqual(first.Header("Idempotency-Key"), next.Header("Idempotency-Key"));
        Assert.Equal(["a flags 1", "b flags 1"], UsageFixture.Rows(next));
        Assert.Equal(3, UsageFixture.Total(fixture.Upstream.UsageReports));
        Assert.Equal(0, fixture.Logged(EventIds.UsageUnexpected));
    }

    [Fact]
    public async Task Flush_Hangs_SentAgainAfterTheTimeout()
    {
        await using var fixture = await UsageFixture.StartAsync(static options => options with { Upstream = options.Upstream with { ApiPollTimeout = TimeSpan.FromMinutes(10) } });
        fixture.AnswerReports(Misbehave("hangs before the head"));
        await fixture.Proxy.GetAsync("/api/v1/flags/", "a");
        await fixture.PassIntervalAsync();
        await Patience.UntilAsync(() => fixture.Upstream.UsageReports.Any(), "the report");

        fixture.Time.Advance(TimeSpan.FromMinutes(10));
        var entry = await fixture.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.UsageDelayed);
        Assert.Contains("no answer within 600 s", entry.Message, StringComparison.Ordinal);

        fixture.Upstream.Behaviour = null;
        await fixture.UntilReportsAsync(2);
        Assert.Single(fixture.Upstream.UsageReports.Select(static report => report.Header("Idempotency-Key")).Distinct());
    }

    [Fact]
    public async Task Flush_TakenButTheAnswerIsLost_CountedOnceByAnUpstreamThatHonoursTheKey()
    {
        await using var fixture = await UsageFixture.StartAsync();
        var isFirst = true;
        fixture.AnswerReports(context =>
        {
            if (isFirst)
            {
                isFirst = false;
                context.Abort(); // read and taken: the report is recorded
            }

            return Task.CompletedTask;
        });
        for (var i = 0; i < 3; i++)
        {
            await fixture.Proxy.GetAsync("/api/v1/flags/", "a");
        }

        await fixture.PassIntervalAsync();
        await fixture.UntilLoggedAsync(EventIds.UsageRecovered);

        Assert.Equal(2, fixture.Upstream.UsageReports.Count());
        Assert.Equal(3, UsageFixture.Total(fixture.Upstream.UsageReports));
    }

    [Fact]
    public async Task Flush_AskedToComeLater_NotSooner()
    {
        await using var fixture = await UsageFixture.StartAsync();
        fixture.AnswerReports(static context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "40";
            return Task.CompletedTask;
        });
        await fixture.Proxy.GetAsync("/api/v1/flags/", "a");
        await fixture.PassIntervalAsync();
        await fixture.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.UsageDelayed);
        await fixture.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(45));

        fixture.Time.Advance(TimeSpan.FromSeconds(39));
        Assert.Single(fixture.Upstream.UsageReports);
        await fixture.UntilReportsAsync(2);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Flush_RedirectOnTheSameHost_FollowedWithTheBody(int status)
    {
        await using var fixture = await UsageFixture.StartAsync();
        fixture.AnswerReports(context =>
        {
            if (!context.Request.Query.ContainsKey("again"))
            {
                context.Response.StatusCode = status;
                context.Response.Headers.Location = "/api/v1/proxy/usage/?again=1";
            }

            return Task.CompletedTask;
        });
        await fixture.Proxy.GetAsync("/api/v1/flags/", "a");
        await fixture.PassIntervalAsync();
        await Patience.UntilAsync(() => fixture.Upstream.Requests.Any(static request => request.Target == "/api/v1/proxy/usage/?again=1"), "the redirect");

        var first = Assert.Single(fixture.Upstream.UsageReports);
        var last = fixture.Upstream.Requests.Last();
        Assert.Equal(("POST", first.Body), (last.Method, last.Body));
        Assert.Equal(first.Header("Idempotency-Key"), last.Header("Idempotency-Key"));
        Assert.Equal(FakeUpstream.ProxyKey, last.Header("X-Proxy-Key"));
    }

    private static Func<HttpContext, Task> Misbehave(string name)
    {
        var fault = UpstreamFaults.Named(name);
        return context => fault.AnswerAsync(context, []);
    }
}
