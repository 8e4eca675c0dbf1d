using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Analytics;

/// <summary>Counts as the upstream gets them (docs/spec/analytics.md 1.2, 1.3 and 2.1).</summary>
public sealed class FlagAnalyticsForwardingTests
{
    [Fact]
    public async Task Flush_SeveralRequests_OneRequestWithTheSums()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        await fixture.PostAsync("a", """{"plain":1,"plain":2,"off":5,"unknown":9}""");
        await fixture.PostAsync("ser.a", """{"PLAIN":4,"off":0,"pl\u0061in":10}""");

        await fixture.UntilReportsAsync(1);

        var report = Assert.Single(fixture.Reports);
        Assert.Equal("off=5 plain=17", AnalyticsProxy.Sums(report));
        Assert.Equal("POST", report.Method);
        Assert.Equal("a", report.Header("X-Environment-Key"));
        Assert.Equal("application/json", report.Header("Content-Type"));
        Assert.StartsWith("EdgeProxy/", report.Header("User-Agent"), StringComparison.Ordinal);
        Assert.DoesNotContain(report.Headers.Keys, static name => name.StartsWith("Flagsmith-", StringComparison.OrdinalIgnoreCase));
        var exposed = await Exposition.OfAsync(fixture.Proxy);
        Assert.Equal(5, exposed.Sum("edgeproxy_analytics_entries_total", ("outcome", "accepted")));
        Assert.Equal(1, exposed.Sum("edgeproxy_analytics_entries_total", ("outcome", "unknown_feature")));
        Assert.Equal(1, exposed.Sum("edgeproxy_analytics_entries_total", ("outcome", "not_positive")));
        Assert.Equal(1, exposed.Sum("edgeproxy_analytics_flushes_total", ("outcome", "sent")));
    }

    [Fact]
    public async Task Flush_TwoEnvironments_NotMixed()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        await fixture.PostAsync("a", """{"plain":1}""");
        await fixture.PostAsync("ser.b", """{"plain":20}""");

        await fixture.UntilReportsAsync(2);

        Assert.Equal(["a plain=1", "b plain=20"], fixture.Reports.Select(static report => $"{report.Header("X-Environment-Key")} {AnalyticsProxy.Sums(report)}").Order());
    }

    [Fact]
    public async Task Flush_DifferentLabels_OneRequestForEach()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        await fixture.PostAsync("a", """{"plain":1}""", ("Flagsmith-Application-Name", "shop"), ("Flagsmith-Application-Version", "1.2"), ("User-Agent", "flagsmith-python-sdk/5.0.0"));
        await fixture.PostAsync("a", """{"plain":2}""", ("Flagsmith-Application-Name", "shop"), ("Flagsmith-Application-Version", "1.2"), ("User-Agent", "flagsmith-python-sdk/5.0.0"));
        await fixture.PostAsync("a", """{"plain":4}""", ("Flagsmith-SDK-User-Agent", "flagsmith-js-sdk/9.0.0"), ("User-Agent", "Mozilla/5.0"));
        await fixture.PostAsync("a", """{"plain":8}""", ("Flagsmith-Application-Name", "a\tb"), ("User-Agent", "curl/8"));
        await fixture.PostAsync("a", """{"plain":16}""", ("Flagsmith-Application-Name", new string('n', 300)));

        await fixture.UntilReportsAsync(4);

        Assert.Equal(
            [
                $"{new string('n', 200)}|| plain=16",
                "shop|1.2|flagsmith-python-sdk/5.0.0 plain=3",
                "|| plain=8",
                "||flagsmith-js-sdk/9.0.0 plain=4",
            ],
            fixture.Reports.Select(static report => string.Join('|',
                report.Header("Flagsmith-Application-Name"), report.Header("Flagsmith-Application-Version"), report.Header("Flagsmith-SDK-User-Agent"))
                + " " + AnalyticsProxy.Sums(report)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Flush_MoreLabelsThanAllowed_SentWithoutLabels()
    {
        await using var fixture = await AnalyticsProxy.StartAsync(static options => options with { Analytics = new AnalyticsOptions { MaxLabels = 1 } });
        await fixture.PostAsync("a", """{"plain":1}""", ("Flagsmith-Application-Name", "first"));
        await fixture.PostAsync("a", """{"plain":2}""", ("Flagsmith-Application-Name", "second"));
        await fixture.PostAsync("a", """{"plain":4}""", ("Flagsmith-Application-Name", "third"));

        await fixture.UntilReportsAsync(2);

        Assert.Equal([" plain=6", "first plain=1"], fixture.Reports.Select(static report => $"{report.Header("Flagsmith-Application-Name")} {AnalyticsProxy.Sums(report)}").Order());
        Assert.Equal(2, (await Exposition.OfAsync(fixture.Proxy)).Sum("edgeproxy_analytics_unlabelled_requests_total"));
    }

    [Fact]
    public async Task Flush_SumOverTheLimit_RestWithTheNext()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        await fixture.PostAsync("a", """{"plain":99999999999999999999}""");
        await fixture.PostAsync("a", """{"plain":5}""");

        await fixture.UntilReportsAsync(2);

        Assert.Equal(["plain=2147483647", "plain=5"], fixture.Reports.Select(static report => AnalyticsProxy.Sums(report)));
    }

    [Fact]
    public async Task Stop_CountsWaiting_Sent()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        await fixture.PostAsync("a", """{"plain":1}""");
        await fixture.PostAsync("b", """{"plain":2}""");

        await fixture.Proxy.StopAsync();

        Assert.Equal("plain=3", AnalyticsProxy.Sums(fixture.Reports));
    }

    [Fact]
    public async Task Idle_NothingCounted_NothingSent()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        await fixture.PostAsync("a", """{"plain":1}""");
        await fixture.UntilReportsAsync(1);

        fixture.Time.Advance(TimeSpan.FromMinutes(10));
        await fixture.Proxy.StopAsync();

        Assert.Single(fixture.Reports);
    }
}
