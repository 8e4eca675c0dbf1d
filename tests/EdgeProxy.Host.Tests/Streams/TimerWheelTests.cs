using EdgeProxy.Host.Streams;

namespace EdgeProxy.Host.Tests.Streams;

public sealed class TimerWheelTests
{
    private const long Width = 4;

    [Fact]
    public void TakeDue_ManyEntries_EachOnceInTimeAndNeverEarly()
    {
        var random = new Random(7);
        var wheel = new TimerWheel(Width, now: 1000);
        var entries = Enumerable.Range(0, 5000).Select(static _ => new Entry()).ToList();
        foreach (var entry in entries)
        {
            wheel.Schedule(entry, random.NextInt64(0, 200_000), now: 1000); // some are past, some beyond the horizon
        }

        var taken = new HashSet<TimerEntry>();
        for (var now = 1000L; now < 201_000; now += random.NextInt64(1, 50))
        {
            while (wheel.TakeDue(now) is { } entry)
            {
                Assert.InRange(entry.Due, 0, now);
                Assert.True(taken.Add(entry));
            }

            Assert.DoesNotContain(entries, entry => !taken.Contains(entry) && entry.Due <= now - Width);
        }

        Assert.Equal(entries.Count, taken.Count);
        Assert.Null(wheel.NextDue());
    }

    [Fact]
    public void Schedule_Again_OnlyTheLastCounts()
    {
        var wheel = new TimerWheel(Width, now: 0);
        var entry = new Entry();
        wheel.Schedule(entry, 100, now: 0);
        wheel.Schedule(entry, 200, now: 0);

        Assert.Null(wheel.TakeDue(150));
        Assert.Equal(200, wheel.NextDue());
        Assert.Same(entry, wheel.TakeDue(200));
        Assert.Null(wheel.TakeDue(1_000_000));
    }

    [Fact]
    public void Remove_OneOfSeveralInASlot_OthersStay()
    {
        var wheel = new TimerWheel(Width, now: 0);
        Entry[] entries = [new(), new(), new()];
        foreach (var entry in entries)
        {
            wheel.Schedule(entry, 100, now: 0);
        }

        wheel.Remove(entries[1]);
        wheel.Remove(entries[1]);

        Assert.Equal([entries[0], entries[2]], new[] { wheel.TakeDue(100), wheel.TakeDue(100) }.OrderBy(entry => Array.IndexOf(entries, entry)));
        Assert.Null(wheel.TakeDue(100));
    }

    [Fact]
    public void Schedule_AfterALongTimeWithoutEntries_DueInTime()
    {
        var wheel = new TimerWheel(Width, now: 0);
        const long Later = 1_000_000_000_000;
        var entry = new Entry();

        wheel.Schedule(entry, Later + 1000, Later);

        Assert.Equal(Later + 1000, wheel.NextDue());
        Assert.Null(wheel.TakeDue(Later + 999));
        Assert.Same(entry, wheel.TakeDue(Later + 1000));
    }

    [Fact]
    public void Schedule_DueNow_TakenAlthoughTheSlotHasNotEnded()
    {
        var wheel = new TimerWheel(Width, now: 1001);
        var entry = new Entry();

        wheel.Schedule(entry, 1001, now: 1001);

        Assert.Same(entry, wheel.TakeDue(1001));
    }

    private sealed class Entry : TimerEntry;
}
