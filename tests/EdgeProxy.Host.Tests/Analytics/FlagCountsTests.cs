using System.Text;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Analytics;

public sealed class FlagCountsTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly AnalyticsMetrics _metrics = new();

    [Fact]
    public void Add_AMillionNamesBeforeTheDocumentIsLoaded_AThousandAreHeld()
    {
        var counts = Create();
        for (var i = 0; i < 1_000_000; i++)
        {
            counts.Add(counts.Find(AnalyticsLabels.None), Encoding.ASCII.GetBytes($"feature_{i}"), 1, snapshot: null);
        }

        Assert.Equal(FlagCounts.MaxUnknownNames, counts.Waiting);
        var batches = counts.Take(snapshot: null).ToList();
        Assert.Equal([500, 500], batches.Select(static batch => batch.Entries.Count));
        Assert.Empty(counts.Take(snapshot: null));
        Assert.Equal(EntryOutcome.Accepted, counts.Add(counts.Find(AnalyticsLabels.None), "another"u8, 1, snapshot: null));
    }

    [Fact]
    public void Find_TenThousandApplications_AHundredBuckets()
    {
        var counts = Create();
        for (var i = 0; i < 10_000; i++)
        {
            counts.Add(counts.Find(new AnalyticsLabels($"application {i}", "", "")), "x"u8, 1, snapshot: null);
        }

        Assert.Equal(101, counts.BucketCount);
        Assert.Equal(10_000, counts.Waiting);
        Assert.Equal(9_900, _metrics.UnlabelledRequests);
    }

    [Fact]
    public void Take_BucketEmptyForAnHour_ItsPlaceIsFree()
    {
        var counts = Create(maxLabels: 1);
        counts.Add(counts.Find(new AnalyticsLabels("old", "", "")), "x"u8, 1, snapshot: null);
        Assert.Single(counts.Take(snapshot: null).ToList());
        var late = counts.Find(new AnalyticsLabels("old", "", ""));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Empty(counts.Take(snapshot: null).ToList());

        Assert.Equal(1, counts.BucketCount);
        Assert.NotEqual(AnalyticsLabels.None, counts.Find(new AnalyticsLabels("new", "", "")).Labels);
        late.Add("x"u8, 5);
        Assert.Equal(5, counts.Take(snapshot: null).Sum(static batch => batch.Evaluations));
    }

    [Fact]
    public async Task Add_WhileTakenAndAddedBack_NothingLostOrCountedTwice()
    {
        var counts = Create();
        const int Rounds = 20_000;
        var isOver = false;
        var adding = Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                counts.Add(counts.Find(new AnalyticsLabels($"{i % 3}", "", "")), Encoding.ASCII.GetBytes($"{i % 7}"), 1, snapshot: null);
            }
        })));
        var taking = Task.Run(() =>
        {
            var sum = 0L;
            var number = 0;
            while (!Volatile.Read(ref isOver))
            {
                foreach (var batch in counts.Take(snapshot: null))
                {
                    if (++number % 3 == 0)
                    {
                        counts.AddBack(batch);
                    }
                    else
                    {
                        sum += batch.Evaluations;
                    }
                }
            }

            return sum;
        });
        await adding;
        Volatile.Write(ref isOver, true);

        Assert.Equal(4 * Rounds, await taking + counts.Waiting);
    }

    [Fact]
    public void Count_FiftyNamesInTheSteadyState_AllocatesNothing()
    {
        var counts = Create();
        var body = Encoding.ASCII.GetBytes($"{{{string.Join(',', Enumerable.Range(0, 50).Select(static i => $"\"feature_{i}\":{i + 1}"))}}}");
        var labels = AnalyticsLabels.Of("shop", "1.0", "flagsmith-python-sdk/5.0.0");
        var allocated = long.MaxValue;
        for (var i = 0; i < 100; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.True(FlagCountReader.IsObject(body) && FlagCountReader.Count(body, counts, labels, snapshot: null, _metrics));
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, allocated);
        Assert.Equal(100 * 50 * 51 / 2, counts.Waiting);
    }

    [Theory]
    [InlineData(2000, true)]
    [InlineData(2001, false)]
    public void Count_LongName_UpTo2000Characters(int length, bool isAccepted)
    {
        var counts = Create();

        FlagCountReader.Count(Encoding.UTF8.GetBytes($"{{\"{new string('é', length)}\":1}}"), counts, AnalyticsLabels.None, snapshot: null, _metrics);

        Assert.Equal(1, _metrics.Entries(isAccepted ? EntryOutcome.Accepted : EntryOutcome.InvalidName));
    }

    private FlagCounts Create(int maxLabels = 100) => new("key", maxLabels, _metrics, _time);
}
