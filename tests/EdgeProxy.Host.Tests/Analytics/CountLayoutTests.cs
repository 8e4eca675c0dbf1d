using System.Text;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Analytics;

/// <summary>Bodies of a form that is known are counted as all others are, and whatever happens meanwhile nothing is lost or counted twice.</summary>
public sealed class CountLayoutTests
{
    private const int Seed = 20261128;
    private const string Usual = """{"plain": 1, "off": 2}""";
    private const string OtherOrder = """{"off": 2, "plain": 1}""";

    private readonly ManualTimeProvider _time = new();
    private readonly AnalyticsMetrics _metrics = new();

    [Theory]
    [InlineData("""{"plain": 5, "off": 70}""", "off=70 plain=5")]
    [InlineData("""{"plain": 999999999, "off": 1}""", "off=1 plain=999999999")]
    [InlineData("""{"plain": 1000000000, "off": 1}""", "")]
    [InlineData("""{"plain": 0, "off": 1}""", "")]
    [InlineData("""{"plain": 01, "off": 1}""", "")]
    [InlineData("""{"plain": , "off": 1}""", "")]
    [InlineData("""{"plain": 1.5, "off": 1}""", "")]
    [InlineData("""{"plain": -1, "off": 1}""", "")]
    [InlineData("""{"plain": 1, "off": 1""", "")]
    [InlineData("""{"plain": 1, "off": 1} """, "")]
    [InlineData("""{"plain": 1, "off": """, "")]
    [InlineData("""{"plain":1, "off": 1}""", "")]
    [InlineData("""{"plain": 1}""", "")]
    [InlineData(OtherOrder, "")]
    [InlineData("", "")]
    public async Task TryCount_AnyBody_CountedIfOnlyItsNumbersDiffer(string body, string expected)
    {
        var counts = Create(await SnapshotAsync("a"));

        Assert.Equal(expected.Length > 0, BucketOf(counts).Layout!.TryCount(Encoding.UTF8.GetBytes(body)));

        Assert.Equal(expected.Length > 0, counts.Waiting > 0);
        Assert.Equal(expected, Describe(counts));
        Assert.Equal(expected, Describe(counts));
    }

    [Fact]
    public async Task TryCount_RandomBodies_AsTheOtherReaderCounts()
    {
        var snapshot = await SnapshotAsync("a");
        var (fast, slow) = (Create(snapshot), Create(snapshot));
        var layout = BucketOf(fast).Layout!;
        var random = new Random(Seed);
        var taken = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var body = Mutated(random, $$"""{"plain": {{random.Next(100)}}, "off": {{random.Next(2000)}}}""");
            if (!layout.TryCount(body))
            {
                continue;
            }

            taken++;
            Assert.True(FlagCountReader.IsObject(body), Encoding.UTF8.GetString(body));
            FlagCountReader.Count(body, slow, AnalyticsLabels.None, snapshot, _metrics);
            Assert.Equal(Describe(slow), Describe(fast));
        }

        Assert.InRange(taken, 5_000, 45_000);
    }

    [Fact]
    public async Task TryCount_WhileTakenAndNamesAreChecked_NothingLostOrCountedTwice()
    {
        const int Rounds = 40_000;
        const int Threads = 4;
        EnvironmentSnapshot[] snapshots = [await SnapshotAsync("a"), await SnapshotAsync("b")];
        var counts = Create(snapshots[0]);
        var body = Encoding.UTF8.GetBytes(Usual);
        var (isOver, current) = (false, 0);
        var adding = Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                Post(counts, body, snapshots[Volatile.Read(ref current)]);
            }
        })));
        var taking = Task.Run(() =>
        {
            var sum = 0L;
            for (var flush = 1; !Volatile.Read(ref isOver); flush++)
            {
                Volatile.Write(ref current, flush / 10 % 2);
                foreach (var batch in counts.Take(flush % 7 == 0 ? null : snapshots[flush / 10 % 2]))
                {
                    if (flush % 3 == 0)
                    {
                        counts.AddBack(batch);
                        continue;
                    }

                    sum += batch.Evaluations;
                    counts.Settle(batch);
                }

                counts.Owed();
            }

            return sum;
        });
        await adding;
        Volatile.Write(ref isOver, true);

        Assert.Equal(3L * Threads * Rounds, await taking + counts.Waiting);
        Assert.Equal(0, _metrics.Lost(LossReason.UnknownFeature));
    }

    [Fact]
    public async Task Take_AnotherDocument_TheFormIsLearntAnew()
    {
        var (before, after) = (await SnapshotAsync("a"), await SnapshotAsync("b"));
        var counts = Create(before);
        var layout = BucketOf(counts).Layout!;
        Assert.True(layout.TryCount(Encoding.UTF8.GetBytes(Usual)));

        Assert.Equal(3, Settle(counts, after));

        Assert.Null(BucketOf(counts).Layout);
        Assert.False(layout.TryCount(Encoding.UTF8.GetBytes(Usual)));
        Post(counts, Encoding.UTF8.GetBytes(Usual), after);
        Assert.Same(after, BucketOf(counts).Layout?.Snapshot);
        Assert.Equal("off=2 plain=1", Describe(counts));
    }

    [Fact]
    public async Task Take_MostBodiesHaveAnotherForm_TheirFormIsLearnt()
    {
        var snapshot = await SnapshotAsync("a");
        var counts = Create(snapshot);
        var (layout, other) = (BucketOf(counts).Layout, Encoding.UTF8.GetBytes(OtherOrder));
        Repeat(999);
        Assert.Same(layout, BucketOf(counts).Layout);
        Repeat(1000);
        Assert.Null(BucketOf(counts).Layout);

        Post(counts, other, snapshot);

        Assert.True(BucketOf(counts).Layout!.TryCount(other));
        Assert.Equal("off=4 plain=2", Describe(counts));

        void Repeat(int times)
        {
            for (var i = 0; i < times; i++)
            {
                Post(counts, other, snapshot);
            }

            Assert.Equal(3 * times, Settle(counts, snapshot));
        }
    }

    [Fact]
    public async Task Take_FormWithARetiredName_CountedAndForgotten()
    {
        var snapshot = await SnapshotAsync("a");
        var counts = Create(snapshot);
        var bucket = BucketOf(counts);
        Assert.True(bucket.TryFind("plain"u8, out var cell));
        Assert.Equal(0, Settle(counts, snapshot: null)); // releases names that nothing waits under
        bucket.Learn(CountLayout.TryCreate(snapshot, """{"plain":1}"""u8, [new KnownCount(cell, 1, 9, 10)])!);

        Assert.True(bucket.Layout!.TryCount("""{"plain":5}"""u8));

        Assert.Equal(5, Settle(counts, snapshot));
        Assert.Null(bucket.Layout);
    }

    [Fact]
    public async Task Post_EntriesThatAreNotCounted_NotLearnt()
    {
        var snapshot = await SnapshotAsync("a");
        foreach (var body in (string[])["""{"plain": 1, "unknown": 1}""", """{"plain": 1, "plain": 0}""", "{}"])
        {
            var counts = new FlagCounts("key", 100, _metrics, _time);
            Settle(counts, snapshot);
            for (var i = 0; i < 3; i++)
            {
                Post(counts, Encoding.UTF8.GetBytes(body), snapshot);
            }

            Assert.Null(BucketOf(counts).Layout);
        }
    }

    [Fact]
    public async Task Post_SteadyState_AllocatesNothing()
    {
        var snapshot = await SnapshotAsync("a");
        var (counts, body) = (Create(snapshot), Encoding.UTF8.GetBytes(Usual));
        var allocated = long.MaxValue;
        for (var i = 0; i < 100; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Post(counts, body, snapshot);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, allocated);
        Assert.Equal(300, counts.Waiting);
    }

    private static async Task<EnvironmentSnapshot> SnapshotAsync(string key)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small(key).ToJsonString());
        return proxy.Registry.Environments[0].Current!.Snapshot;
    }

    private static FlagCountBucket BucketOf(FlagCounts counts) => counts.FindExisting(AnalyticsLabels.None)!;

    private static string Describe(FlagCounts counts) => string.Join(' ', counts.Owed().SelectMany(static batch => batch.Entries)
        .Select(static entry => $"{entry.Key}={entry.Value}").Order(StringComparer.Ordinal));

    private static long Settle(FlagCounts counts, EnvironmentSnapshot? snapshot)
    {
        var sum = 0L;
        foreach (var batch in counts.Take(snapshot))
        {
            sum += batch.Evaluations;
            counts.Settle(batch);
        }

        return sum;
    }

    private static byte[] Mutated(Random random, string body)
    {
        var at = random.Next(body.Length);
        return Encoding.UTF8.GetBytes(random.Next(3) switch
        {
            0 => body,
            1 => body.Remove(at, 1),
            _ => body.Insert(at, "0123456789\"}{:, .-".Substring(random.Next(18), 1)),
        });
    }

    /// <summary>Counts of an environment with a known form of bodies.</summary>
    private FlagCounts Create(EnvironmentSnapshot snapshot)
    {
        var counts = new FlagCounts("key", 100, _metrics, _time);
        Settle(counts, snapshot); // checks names, which forgets forms
        Post(counts, Encoding.UTF8.GetBytes(Usual), snapshot);
        Post(counts, Encoding.UTF8.GetBytes(Usual), snapshot);
        Assert.Equal(6, Settle(counts, snapshot));
        Assert.NotNull(BucketOf(counts).Layout);
        return counts;
    }

    /// <summary>Counts a body as a request does.</summary>
    private void Post(FlagCounts counts, byte[] body, EnvironmentSnapshot snapshot)
    {
        if (!KnownCountReader.TryCount(body, counts, BucketOf(counts), snapshot, _metrics, out _))
        {
            FlagCountReader.Count(body, counts, AnalyticsLabels.None, snapshot, _metrics);
        }
    }
}
