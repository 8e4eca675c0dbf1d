using System.Text;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Persistence.Analytics;

namespace EdgeProxy.Host.Tests.Persistence.Analytics;

public sealed class FlagCountContentTests
{
    [Fact]
    public void Write_AnyNames_ReadAsTheyWere()
    {
        FlagCountBatch[] batches =
        [
            new(AnalyticsLabels.None, [Entry("plain", 1), Entry("\"\\\u0001\n\u2028 é😀", 1L << 53), Entry("", 2)]),
            new(new AnalyticsLabels("shop \"1\"", "1.0", "flagsmith-python-sdk/5.0.0"), [Entry(new string('é', 2000), 3)]),
        ];

        var content = FlagCountContent.Write(batches, 100_000, out var written);

        Assert.Equal((1L << 53) + 6, written);
        Assert.Equal(Describe(batches), Describe(FlagCountContent.Read(content)));
    }

    [Fact]
    public void Write_MoreThanFits_AsMuchAsFits()
    {
        var batches = Enumerable.Range(0, 10).Select(static label => new FlagCountBatch(
            new AnalyticsLabels($"{label}", "", ""), [.. Enumerable.Range(0, 100).Select(static i => Entry($"{i:0000}{new string('\u0001', 20)}", 1))])).ToList();

        var content = FlagCountContent.Write(batches, 20_000, out var written);

        Assert.InRange(content.Length, 10_000, 20_000);
        Assert.InRange(written, 50, 950);
        Assert.Equal(written, FlagCountContent.Read(content).Sum(static batch => batch.Evaluations));
    }

    private static KeyValuePair<FeatureName, long> Entry(string name, long count) => new(new FeatureName(Encoding.UTF8.GetBytes(name)), count);

    private static IEnumerable<string> Describe(IEnumerable<FlagCountBatch> batches) =>
        batches.SelectMany(static batch => batch.Entries.Select(entry => $"{batch.Labels} {entry.Key} {entry.Value}"));
}
