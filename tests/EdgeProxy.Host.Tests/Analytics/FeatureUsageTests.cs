using System.Text.Json.Nodes;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Analytics;

/// <summary>Evaluations that SDKs count, as operators see them.</summary>
public sealed class FeatureUsageTests
{
    private const string Metric = "edgeproxy_feature_evaluations_total";

    [Fact]
    public async Task Metric_ByDefault_NoSeries()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        await fixture.PostAsync("a", """{"plain":1}""");

        Assert.Empty((await Exposition.OfAsync(fixture.Proxy)).Find(Metric));
    }

    [Fact]
    public async Task Metric_WaitingSentAndSentAgain_EachEvaluationCountedOnce()
    {
        await using var fixture = await AnalyticsProxy.StartAsync(static options => options with { Analytics = new AnalyticsOptions { MaxFeatureSeries = 10 } });
        fixture.Answer = FakeUpstream.Status(503);
        await fixture.PostAsync("a", """{"plain":1,"unknown":9}""");
        Assert.Equal((1, 0), await PlainAndOffAsync(fixture));
        await fixture.UntilReportsAsync(1);
        Assert.Equal((1, 0), await PlainAndOffAsync(fixture));
        await fixture.PostAsync("a", """{"PLAIN":2,"off":5}""", ("Flagsmith-Application-Name", "shop"));
        await fixture.UntilReportsAsync(3);
        Assert.Equal((3, 5), await PlainAndOffAsync(fixture));
        fixture.Answer = null;
        await fixture.UntilReportsAsync(5);
        Assert.Equal((3, 5), await PlainAndOffAsync(fixture));
        await fixture.PostAsync("b", """{"plain":100}""");

        Assert.Equal((103, 5), await PlainAndOffAsync(fixture));
        Assert.Equal([3, 5, 100], (await Exposition.OfAsync(fixture.Proxy)).Find(Metric).Select(static sample => sample.Value));
    }

    [Fact]
    public async Task Metric_MoreFeaturesThanSeries_TheRestInOne()
    {
        await using var fixture = await AnalyticsProxy.StartAsync(static options => options with { Analytics = new AnalyticsOptions { MaxFeatureSeries = 1 } });
        await fixture.PostAsync("a", """{"plain":1}""");
        await fixture.UntilReportsAsync(1);
        await fixture.PostAsync("a", """{"off":2}""");

        var exposed = await Exposition.OfAsync(fixture.Proxy);

        Assert.Equal((1, 2), (exposed.Sum(Metric, ("feature", "plain")), exposed.Sum(Metric, ("feature", ""))));
    }

    [Fact]
    public async Task Listing_NoSdkCounts_Unknown()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();

        Assert.Null(await UnusedAsync(fixture));
    }

    [Fact]
    public async Task Listing_SevenDaysLater_FeaturesWithoutEvaluations()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        var started = fixture.Time.GetUtcNow();
        await fixture.PostAsync("a", """{"plain":1}""");

        var early = await UnusedAsync(fixture);
        Assert.DoesNotContain("plain", Names(early));
        Assert.Contains("off", Names(early));
        Assert.Equal(started, (DateTimeOffset)early!["since"]!);
        await fixture.UntilReportsAsync(1);

        fixture.Time.Advance(TimeSpan.FromDays(8));
        await fixture.PostAsync("a", """{"off":1}""");
        var later = await UnusedAsync(fixture);

        Assert.Contains("plain", Names(later));
        Assert.DoesNotContain("off", Names(later));
        Assert.Equal(fixture.Time.GetUtcNow() - TimeSpan.FromDays(7), (DateTimeOffset)later!["since"]!);
    }

    private static IEnumerable<string?> Names(JsonNode? unused) => unused!["names"]!.AsArray().Select(static name => (string?)name);

    private static async Task<(double Plain, double Off)> PlainAndOffAsync(AnalyticsProxy fixture)
    {
        var exposed = await Exposition.OfAsync(fixture.Proxy);
        return (exposed.Sum(Metric, ("feature", "plain")), exposed.Sum(Metric, ("feature", "off")));
    }

    private static async Task<JsonNode?> UnusedAsync(AnalyticsProxy fixture)
    {
        var listing = JsonNode.Parse(await fixture.Proxy.Client.GetStringAsync("/proxy/environments"))!["environments"]!.AsArray();
        return listing[0]!["unused_features"];
    }
}
