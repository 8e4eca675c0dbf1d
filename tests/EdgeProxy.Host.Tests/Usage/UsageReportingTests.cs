using System.Net;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Upstream.Discovery;
using EdgeProxy.Host.Usage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Usage;

/// <summary>The content and the times of usage reports (docs/spec/upstream-api.md 5.1 and 5.2).</summary>
public sealed class UsageReportingTests
{
    [Fact]
    public async Task Flush_RequestsAnswered_OneRowForEachEnvironmentAndResource()
    {
        await using var fixture = await UsageFixture.StartAsync();
        await fixture.Proxy.GetAsync("/api/v1/flags/", "a");
        await fixture.Proxy.GetAsync("/api/v1/flags/?feature=plain", "ser.a");
        await fixture.Proxy.PostIdentityAsync("a", """{"identifier":"x"}""");
        await fixture.Proxy.GetAsync("/api/v1/identities/?identifier=x", "a");
        await fixture.Proxy.GetAsync("/api/v1/environment-document/", "ser.a");
        await fixture.Proxy.GetAsync("/api/v1/flags/", "b");

        await fixture.PassIntervalAsync();
        await fixture.UntilReportsAsync(1);

        var report = Assert.Single(fixture.Upstream.UsageReports);
        Assert.Equal("POST", report.Method);
        Assert.Equal(FakeUpstream.ProxyKey, report.Header("X-Proxy-Key"));
        Assert.Equal("", report.Header("X-Environment-Key"));
        Assert.Equal("application/json", report.Header("Content-Type"));
        Assert.True(Guid.TryParse(report.Header("Idempotency-Key"), out _));
        Assert.Equal(["a flags 2", "a identities 2", "a environment-document 1", "b flags 1"], UsageFixture.Rows(report));
    }

    [Fact]
    public async Task Flush_NothingOfWhatIsCounted_NoRequest()
    {
        await using var fixture = await UsageFixture.StartAsync(static options => options with
        {
            EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.c", "c")],
        });
        await fixture.UntilAsync("c", HttpStatusCode.OK); // configured: not counted
        await fixture.StatusAsync("unknown");
        using var health = await fixture.Proxy.Client.GetAsync("/health");
        using var notFound = await fixture.Proxy.SendAsync(HttpMethod.Get, "/api/v1/nothing/", "a");
        using var notAllowed = await fixture.Proxy.SendAsync(HttpMethod.Delete, "/api/v1/flags/", "a");
        using var preflight = await fixture.Proxy.SendAsync(
            HttpMethod.Options, "/api/v1/flags/", "a", null, ("Origin", "https://x.example"), ("Access-Control-Request-Method", "GET"));

        await fixture.PassIntervalAsync();
        await fixture.PassIntervalAsync();
        await fixture.Proxy.GetAsync("/api/v1/flags/", "a");
        await fixture.PassIntervalAsync();
        await fixture.UntilReportsAsync(1);

        Assert.Equal(["a flags 1"], UsageFixture.Rows(Assert.Single(fixture.Upstream.UsageReports)));
    }

    [Fact]
    public async Task Flush_EnvironmentNotLoadedYet_NotCounted()
    {
        await using var fixture = await DiscoveryFixture.StartAsync(
            ProxyConfigs.List(ProxyConfigs.Environment("a"), ProxyConfigs.Environment("unloadable")),
            configure: static options => options with { Upstream = options.Upstream with { UsageFlushInterval = UsageFixture.Interval } });
        await fixture.UntilAsync("unloadable", HttpStatusCode.ServiceUnavailable);
        await fixture.UntilAsync("a", HttpStatusCode.OK);

        await fixture.PassIntervalAsync();
        await fixture.UntilReportsAsync(1);

        Assert.All(fixture.Upstream.UsageReports.SelectMany(UsageFixture.Rows), static row => Assert.StartsWith("a flags ", row, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Flush_ParallelRequestsWhileItReports_ExactSum()
    {
        const int Connections = 8;
        const int Each = 500;
        await using var fixture = await UsageFixture.StartAsync();
        var load = Task.WhenAll(Enumerable.Range(0, Connections).Select(number => Task.Run(async () =>
        {
            await using var connection = await RawConnection.OpenAsync(fixture.Proxy.Address);
            for (var i = 0; i < Each; i++)
            {
                var response = await connection.GetAsync(number % 2 == 0 ? "/api/v1/flags/" : "/api/v1/identities/?identifier=x", number < 4 ? "a" : "ser.b");
                Assert.Equal(200, response.Status);
            }
        })));

        while (!load.IsCompleted)
        {
            await fixture.PassIntervalAsync();
        }

        await load;
        await Patience.UntilAsync(
            () =>
            {
                fixture.Time.Advance(TimeSpan.FromSeconds(1));
                return UsageFixture.Total(fixture.Upstream.UsageReports) == Connections * Each;
            },
            "the exact sum");
        Assert.Equal(
            ["a flags", "a identities", "b flags", "b identities"],
            fixture.Upstream.UsageReports.SelectMany(UsageFixture.Rows).Select(static row => row[..row.LastIndexOf(' ')]).Distinct().Order());
        var reports = fixture.Upstream.UsageReports.ToList();
        Assert.Equal(reports.Count, reports.Select(static report => report.Header("Idempotency-Key")).Distinct().Count());
    }

    [Fact]
    public async Task Flush_EnvironmentDropped_ItsCountsStillReported()
    {
        await using var fixture = await UsageFixture.StartAsync(static options => options with { Upstream = options.Upstream with { ApiPollFrequency = TimeSpan.FromSeconds(1) } });
        await fixture.Proxy.GetAsync("/api/v1/flags/", "b");

        fixture.Upstream.ProxyConfig = ProxyConfigs.List(ProxyConfigs.Environment("a"));
        await fixture.PollAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await fixture.StatusAsync("b"));
        await fixture.UntilReportsAsync(1);

        Assert.Equal(["b flags 1"], UsageFixture.Rows(Assert.Single(fixture.Upstream.UsageReports)));
    }

    [Fact]
    public async Task Flush_MoreRowsThanARequestMayHave_SeveralRequestsEachWithItsOwnKey()
    {
        const int Rows = 2500;
        await using var fixture = await UsageFixture.StartAsync();
        var ledger = fixture.Proxy.Services.GetRequiredService<UsageLedger>();
        for (var i = 0; i < Rows; i++)
        {
            ledger.Open($"environment-{i}").Count(UsageResource.Flags);
        }

        await fixture.PassIntervalAsync();
        await fixture.UntilReportsAsync(3);

        var reports = fixture.Upstream.UsageReports.ToList();
        Assert.Equal([1000, 1000, 500], reports.Select(static report => UsageFixture.Rows(report).Count));
        Assert.Equal(3, reports.Select(static report => report.Header("Idempotency-Key")).Distinct().Count());
        Assert.Equal(Rows, reports.SelectMany(UsageFixture.Rows).Distinct().Count());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(408)]
    [InlineData(429)]
    public async Task Flush_Rejected_DroppedWithAnErrorAndTheNextOneGoesOn(int status)
    {
        await using var fixture = await UsageFixture.StartAsync();
        fixture.AnswerReports(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        await fixture.Proxy.GetAsync("/api/v1/flags/", "a");
        await fixture.Proxy.GetAsync("/api/v1/flags/", "a");
        await fixture.PassIntervalAsync();

        var entry = await fixture.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.UsageDropped);
        Assert.Equal(LogLevel.Error, entry.Level);
        Assert.Contains($"a report of 2 requests in 1 row with {status}", entry.Message, StringComparison.Ordinal);

        fixture.Upstream.Behaviour = null;
        await fixture.Proxy.GetAsync("/api/v1/flags/", "b");
        await fixture.PassIntervalAsync();
        await fixture.UntilReportsAsync(2);
        Assert.Equal(["b flags 1"], UsageFixture.Rows(fixture.Upstream.UsageReports.Last()));
    }
}
