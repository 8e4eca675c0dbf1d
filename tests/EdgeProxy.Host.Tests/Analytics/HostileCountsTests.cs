using System.Globalization;
using System.Text.Json;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Analytics;

/// <summary>Names, labels and applications that clients invent: bounded in memory, counted, and never a label of a metric (docs/spec/analytics.md 1.2, 1.3 and 1.4).</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class HostileCountsTests
{
    private const string Invented = "invented";
    private const int NamesInARequest = 50_000;
    private const int Requests = 20;

    // Bodies of 1 MB pass through pooled buffers. A million names would take more than 150 MB.
    private const long MaxGrowth = 48 * 1024 * 1024;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_AMillionDistinctNames_BoundedAndCounted(bool isLoaded)
    {
        await using var fixture = await AnalyticsProxy.StartAsync(
            static options => options with { Analytics = new AnalyticsOptions { MaxFeatureSeries = 10_000 } }, isLoaded);
        await fixture.PostAsync("a", """{"plain":1}""");
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var request = 0; request < Requests; request++)
        {
            var names = Enumerable.Range(request * NamesInARequest, NamesInARequest).Select(static number => $"\"{Invented} {number}\":1");
            await fixture.PostAsync("a", $"{{{string.Join(',', names)}}}");
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, MaxGrowth);
        var exposed = await Exposition.OfAsync(fixture.Proxy);
        var held = isLoaded ? 1 : FlagCounts.MaxUnknownNames;
        Assert.Equal(held, exposed.Sum("edgeproxy_analytics_waiting_evaluations"));
        Assert.Equal(held, exposed.Sum("edgeproxy_analytics_entries_total", ("outcome", "accepted")));
        Assert.Equal(1 + (Requests * NamesInARequest) - held, exposed.Sum("edgeproxy_analytics_entries_total", ("outcome", isLoaded ? "unknown_feature" : "no_room")));
        await AssertNotInMetricsAsync(fixture);
    }

    [Fact]
    public async Task Post_TenThousandApplicationNames_AHundredSetsOfLabelsAndNothingLost()
    {
        const int Applications = 10_000;
        await using var fixture = await AnalyticsProxy.StartAsync();
        for (var i = 0; i < Applications; i++)
        {
            await fixture.PostAsync("a", """{"plain":1}""", ("Flagsmith-Application-Name", $"{Invented} {i}"));
        }

        Assert.Equal(Applications - 100, (await Exposition.OfAsync(fixture.Proxy)).Sum("edgeproxy_analytics_unlabelled_requests_total"));
        await AssertNotInMetricsAsync(fixture);
        await fixture.UntilReportsAsync(1);
        await Patience.UntilAsync(() => fixture.Reports.Count == 101, "the requests of the flush");

        Assert.Equal(101, fixture.Reports.Select(static report => report.Header("Flagsmith-Application-Name")).Distinct().Count());
        Assert.Equal(Applications.ToString(CultureInfo.InvariantCulture), AnalyticsProxy.Sums(fixture.Reports)["plain=".Length..]);
    }

    [Fact]
    public async Task Post_LongIdentifiers_BoundedAndNothingLost()
    {
        const int Identifiers = 400;
        await using var fixture = await AnalyticsProxy.StartAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var request = 0; request < Requests; request++)
        {
            var entries = Enumerable.Range(request * Identifiers, Identifiers).Select(static number =>
                $$"""{"feature_name":"plain","identity_identifier":"{{$"{Invented} {number} ".PadRight(2000, 'x')}}","enabled_when_evaluated":true,"count":1}""");
            using var response = await fixture.Proxy.SendAsync(HttpMethod.Post, AnalyticsProxy.EvaluationsPath, "a", $$"""{"evaluations":[{{string.Join(',', entries)}}]}""");
            Assert.Equal(204, (int)response.StatusCode);
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, MaxGrowth);
        Assert.Equal(Requests * Identifiers, (await Exposition.OfAsync(fixture.Proxy)).Sum("edgeproxy_analytics_waiting_evaluations"));
        await AssertNotInMetricsAsync(fixture);
        await fixture.UntilAsync(() => fixture.Evaluations.Count > 0, "the flush");
        await Patience.UntilAsync(
            () => fixture.Evaluations.Sum(static report => Entries(report).Sum(static entry => entry.GetProperty("count").GetInt64())) == Requests * Identifiers, "all evaluations");

        var identified = fixture.Evaluations.Sum(static report => Entries(report).Count(static entry => entry.GetProperty("identity_identifier").ValueKind == JsonValueKind.String));
        Assert.InRange(identified, 1, EvaluationCounts.MaxCharacters / 2000);
        Assert.DoesNotContain(fixture.Proxy.Log.Entries, static entry => entry.Message.Contains(Invented, StringComparison.Ordinal));
    }

    private static JsonElement[] Entries(RecordedRequest report) => [.. JsonDocument.Parse(report.Body).RootElement.GetProperty("evaluations").EnumerateArray()];

    private static async Task AssertNotInMetricsAsync(AnalyticsProxy fixture) =>
        Assert.DoesNotContain(Invented, await fixture.Proxy.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
}
