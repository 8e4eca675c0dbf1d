using System.Text;
using System.Text.Json;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Host.Tests.Analytics;

/// <summary>The fast reader takes what the other one takes, and counts the same; anything else it leaves to it.</summary>
public sealed class KnownCountReaderTests
{
    private const int Seed = 20261128;

    private readonly ManualTimeProvider _time = new();
    private readonly AnalyticsMetrics _metrics = new();

    [Theory]
    [InlineData("""{"one":1,"two":2}""", "one=1 two=2")]
    [InlineData("""{"two":1,"one":2}""", "one=2 two=1")]
    [InlineData(" {\r\n\t\"one\" : 1 , \"one\" : 2 } \n", "one=3")]
    [InlineData("{}", "")]
    [InlineData("{ }", "")]
    [InlineData("""{"one":0,"two":9999999999}""", "two=2147483647")]
    [InlineData("""{"one":2147483648}""", "one=2147483647")]
    [InlineData("""{"three words é":3}""", "three words é=3")]
    public void TryCount_KnownNames_Counted(string body, string expected)
    {
        var counts = Create();

        Assert.True(TryCount(counts, body, out var isAnyAccepted));
        Assert.Equal(expected.Length > 0, isAnyAccepted);
        Assert.Equal(expected, Describe(counts));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"one":1""")]
    [InlineData("""{"one":1,}""")]
    [InlineData("""{"one":1}x""")]
    [InlineData("""{"one":1}{}""")]
    [InlineData("""{"one":01}""")]
    [InlineData("""{"one":-1}""")]
    [InlineData("""{"one":1.0}""")]
    [InlineData("""{"one":1e3}""")]
    [InlineData("""{"one":"1"}""")]
    [InlineData("""{"one":}""")]
    [InlineData("""{"one" 1}""")]
    [InlineData("""{"one":1 "two":2}""")]
    [InlineData("""{one:1}""")]
    [InlineData("""{"one":12345678901}""")]
    [InlineData("""{"one":1,"unknown":1}""")]
    [InlineData("""{"\u006fne":1}""")]
    [InlineData("""{"quo\":1,"x":1}""")]
    [InlineData("{\"line\n\":1}")]
    public void TryCount_AnythingElse_NothingCounted(string body)
    {
        var counts = Create();

        Assert.False(TryCount(counts, body, out _));
        Assert.Equal("", Describe(counts));
        Assert.Equal(0, _metrics.Entries(EntryOutcome.Accepted));
    }

    [Fact]
    public void TryCount_RandomBodies_AsTheOtherReaderCounts()
    {
        var random = new Random(Seed);
        string[] pieces = ["{", "}", "\"one\"", "\"two\"", "\"three words é\"", "\"x\"", ":", ",", " ", "1", "20", "0", "-", ".", "\\", "\n", "[", "null"];
        var taken = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var body = random.Next(3) == 0
                ? string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]))
                : Mutated(random, JsonSerializer.Serialize(Enumerable.Range(0, random.Next(5)).Select(_ => pieces[random.Next(2, 5)][1..^1]).Distinct().ToDictionary(static name => name, _ => random.Next(100))));
            var (fast, slow) = (Create(), Create());
            if (!TryCount(fast, body, out _))
            {
                continue;
            }

            taken++;
            var bytes = Encoding.UTF8.GetBytes(body);
            Assert.True(FlagCountReader.IsObject(bytes), body);
            FlagCountReader.Count(bytes, slow, AnalyticsLabels.None, snapshot: null, _metrics);
            Assert.Equal(Describe(slow), Describe(fast));
        }

        Assert.InRange(taken, 1_000, 90_000);
    }

    [Fact]
    public void TryCount_MoreNamesThanItTakes_LeftToTheOther()
    {
        var counts = Create();

        Assert.False(TryCount(counts, $"{{{string.Join(',', Enumerable.Repeat("\"one\":1", 257))}}}", out _));
        Assert.True(TryCount(counts, $"{{{string.Join(',', Enumerable.Repeat("\"one\":1", 256))}}}", out _));
        Assert.Equal("one=256", Describe(counts));
    }

    [Theory]
    [InlineData("""{"PLAIN":2,"plain":3,"gone":4,"GONE":0}""", "plain=5", 1, 1)]
    [InlineData("""{"gone":4,"plain":1,"off":6}""", "off=6 plain=1", 1, 0)]
    public async Task Post_SpelledOtherwiseOrUnknown_CountedAsTheOtherReaderDoes(string body, string expected, int unknown, int notPositive)
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        await fixture.PostAsync("a", """{"plain":1,"off":1}""");
        await fixture.UntilReportsAsync(1);
        var before = await Exposition.OfAsync(fixture.Proxy);

        await fixture.PostAsync("a", body);
        await fixture.UntilReportsAsync(2);

        Assert.Equal(expected, AnalyticsProxy.Sums(fixture.Reports[1]));
        var after = await Exposition.OfAsync(fixture.Proxy);
        Assert.Equal(unknown, Difference("unknown_feature"));
        Assert.Equal(notPositive, Difference("not_positive"));
        var counts = fixture.Proxy.Services.GetRequiredService<FlagCountsLedger>().Find("a")!;
        Assert.True(KnownCountReader.TryCount(
            Encoding.UTF8.GetBytes(body), counts, counts.FindExisting(AnalyticsLabels.None)!, fixture.Proxy.Registry.Environments[0].Current!.Snapshot, _metrics, out _));

        double Difference(string outcome) =>
            after.Sum("edgeproxy_analytics_entries_total", ("outcome", outcome)) - before.Sum("edgeproxy_analytics_entries_total", ("outcome", outcome));
    }

    private static string Mutated(Random random, string body)
    {
        if (random.Next(2) == 0 || body.Length == 0)
        {
            return body;
        }

        var at = random.Next(body.Length);
        return random.Next(2) == 0 ? body.Remove(at, 1) : body.Insert(at, " 0,\"}{:".Substring(random.Next(7), 1));
    }

    private static string Describe(FlagCounts counts) => string.Join(' ', counts.Owed().SelectMany(static batch => batch.Entries)
        .Select(static entry => $"{entry.Key}={entry.Value}").Order(StringComparer.Ordinal));

    private bool TryCount(FlagCounts counts, string body, out bool isAnyAccepted) =>
        KnownCountReader.TryCount(Encoding.UTF8.GetBytes(body), counts, counts.FindExisting(AnalyticsLabels.None)!, snapshot: null, _metrics, out isAnyAccepted);

    /// <summary>Counts that know some names.</summary>
    private FlagCounts Create()
    {
        var counts = new FlagCounts("key", 100, new AnalyticsMetrics(), _time);
        foreach (var name in (string[])["one", "two", "three words é", "quo\\", "quo\":1,", "line\n"])
        {
            counts.Add(counts.Find(AnalyticsLabels.None), Encoding.UTF8.GetBytes(name), 1, snapshot: null);
        }

        foreach (var batch in counts.Take(snapshot: null))
        {
            counts.Settle(batch);
        }

        return counts;
    }
}
