using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Analytics;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Upstream.Analytics;

/// <summary>Counts that could not be sent are sent later, once (docs/spec/analytics.md 2.2).</summary>
public sealed class FlagAnalyticsRetryTests
{
    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(0)] // a reset
    public async Task Flush_FailsForAMinute_EveryCountTakenOnce(int status)
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        fixture.Answer = FakeUpstream.StatusOrReset(status);
        await fixture.PostAsync("a", """{"plain":1}""");
        await fixture.UntilReportsAsync(1);
        await fixture.PostAsync("a", """{"plain":2,"off":3}""");
        await fixture.PostAsync("a", """{"plain":4}""", ("Flagsmith-Application-Name", "shop"));
        var start = fixture.Time.GetUtcNow();
        await fixture.UntilAsync(() => fixture.Time.GetUtcNow() - start > TimeSpan.FromMinutes(1) && fixture.Reports.Count > 2, "a minute");
        await Patience.UntilAsync(() => Failed(fixture) >= fixture.Reports.Count, "the last failure");
        var failed = fixture.Reports.Count;

        fixture.Answer = null;
        await fixture.UntilAsync(() => fixture.Proxy.Log.Entries.Any(static entry => entry.EventId == EventIds.AnalyticsRecovered), "the recovery");

        Assert.Equal("off=3 plain=7", AnalyticsProxy.Sums(fixture.Reports.Skip(failed)));
        Assert.InRange(failed, 2, 12);
        var delay = fixture.Proxy.Log.Entries.First(static entry => entry.EventId == EventIds.AnalyticsDelayed);
        Assert.Equal(LogLevel.Warning, delay.Level);
        Assert.Contains("for the environment 'Test' (", delay.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flush_RetryAfter_NotBeforeThat()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        fixture.Answer = static context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "200";
            return Task.CompletedTask;
        };
        await fixture.PostAsync("a", """{"plain":1}""");
        await fixture.UntilReportsAsync(1);
        await Patience.UntilAsync(() => Failed(fixture) == 1, "the failure");
        var failed = fixture.Time.GetUtcNow();
        fixture.Answer = null;

        await fixture.UntilReportsAsync(2);

        Assert.InRange((fixture.Time.GetUtcNow() - failed).TotalSeconds, 200, 240);
        Assert.Equal("plain=1", AnalyticsProxy.Sums(fixture.Reports[1]));
    }

    [Fact]
    public async Task Flush_Hangs_SentAgainAfterTheTimeout()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        fixture.Answer = FakeUpstream.Hang;
        await fixture.PostAsync("a", """{"plain":1}""");
        await fixture.UntilReportsAsync(1);
        fixture.Answer = null;

        await fixture.UntilReportsAsync(2);

        Assert.Equal("plain=1", AnalyticsProxy.Sums(fixture.Reports[1]));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(307)]
    public async Task Flush_Rejected_DroppedWithOneWarning(int status)
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        fixture.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = AnalyticsProxy.Path;
            return Task.CompletedTask;
        };
        for (var i = 1; i <= 3; i++)
        {
            await fixture.PostAsync("a", """{"plain":1}""");
            await fixture.UntilReportsAsync(i);
            await Patience.UntilAsync(async () => (await Exposition.OfAsync(fixture.Proxy)).Sum("edgeproxy_analytics_lost_evaluations_total", ("reason", "rejected")) == i, "the loss");
        }

        fixture.Answer = null;
        await fixture.Proxy.StopAsync();

        Assert.Equal(3, fixture.Reports.Count);
        var rejection = Assert.Single(fixture.Proxy.Log.Entries, static entry => entry.EventId == EventIds.AnalyticsRejected);
        Assert.Equal(LogLevel.Warning, rejection.Level);
        Assert.Contains("for the environment 'Test' (", rejection.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, "7 evaluations")]
    [InlineData(1, "1 evaluation not sent")]
    public async Task Stop_UpstreamStillFails_TheLossIsSaid(int lost, string said)
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        fixture.Answer = FakeUpstream.Status(503);
        await fixture.PostAsync("a", $$"""{"plain":{{lost}}}""");

        await fixture.Proxy.StopAsync();

        Assert.Contains(fixture.Proxy.Log.Entries, entry => entry.EventId == EventIds.AnalyticsUnsent && entry.Message.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_UpstreamHangs_GivenUpLongBeforeTheTimeoutAndSaid()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        fixture.Answer = FakeUpstream.Hang;
        await fixture.PostAsync("a", """{"plain":7}""");
        await fixture.PostAsync("b", """{"plain":20}""");
        var start = fixture.Time.GetUtcNow();

        var stopping = fixture.Proxy.StopAsync();
        await fixture.Time.AdvanceUntilAsync(TimeSpan.FromSeconds(0.1), () => stopping.IsCompleted, "the end");

        // 5 s, and however far the clock got until that was noticed; a request may take a minute.
        Assert.InRange((fixture.Time.GetUtcNow() - start).TotalSeconds, 5, 50);
        await stopping;
        Assert.Contains(fixture.Proxy.Log.Entries, static entry => entry.EventId == EventIds.AnalyticsUnsent && entry.Message.Contains("27 evaluations", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Flush_RetryAfterWhileCountsArrive_EveryCountTakenOnce()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        fixture.Answer = static context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "20";
            return Task.CompletedTask;
        };
        var requests = 0;
        for (var shop = 1; shop <= 3; shop++)
        {
            await fixture.PostAsync("a", """{"plain":1,"off":2}""", ("Flagsmith-Application-Name", $"shop {shop}"));
            requests += shop; // each flush has one for each shop
            await fixture.UntilAsync(() => Failed(fixture) >= requests, "a flush that fails");
        }

        fixture.Answer = null;
        await fixture.UntilAsync(() => fixture.Proxy.Log.Entries.Any(static entry => entry.EventId == EventIds.AnalyticsRecovered), "the recovery");

        Assert.Equal(requests, Failed(fixture));
        var taken = fixture.Reports.Skip(requests).ToList();
        Assert.Equal("off=6 plain=3", AnalyticsProxy.Sums(taken));
        Assert.Equal(["shop 1", "shop 2", "shop 3"], taken.Select(static report => report.Header("Flagsmith-Application-Name")).Order(StringComparer.Ordinal));
    }

    private static int Failed(AnalyticsProxy fixture) =>
        fixture.Proxy.Log.Entries.Count(static entry => entry.EventId == EventIds.AnalyticsDelayed);
}
