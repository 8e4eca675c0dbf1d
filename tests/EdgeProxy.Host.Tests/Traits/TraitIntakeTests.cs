using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Tests.Traits;

/// <summary>The buffers that request threads write into.</summary>
public sealed class TraitIntakeTests
{
    [Fact]
    public async Task Stripe_ManyWritersAndAReader_EveryAcceptedRecordIsReadOnceAndWhole()
    {
        const int Writers = 4;
        const int Records = 20_000;
        var stripe = new IntakeStripe(4096);
        var read = new long[Writers];
        using var done = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            while (true)
            {
                var isOver = done.IsCancellationRequested;
                if (stripe.Take() is { } chunk)
                {
                    Read(chunk.Records, read);
                    stripe.GiveBack(chunk);
                }
                else if (isOver)
                {
                    return;
                }
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < Records; i++)
            {
                Write(stripe, (byte)writer, 2 + (i % 100));
            }
        })));
        await done.CancelAsync();
        await reader;

        Assert.All(read, static count => Assert.Equal(Records, count));
    }

    [Fact]
    public void Stripe_NothingReads_RejectsWhatDoesNotFit()
    {
        var stripe = new IntakeStripe(1000);
        var accepted = 0;
        while (stripe.TryReserve(300, out _, out var chunk))
        {
            chunk.Complete(300);
            accepted++;
        }

        Assert.Equal(3, accepted);
        Assert.True(stripe.TryReserve(100, out _, out var last));
        last.Complete(100);
        Assert.Equal(1000, stripe.Take()!.Records.Length);
    }

    [Fact]
    public void Stripe_WriterNotDone_NotReadYet()
    {
        var stripe = new IntakeStripe(1000);
        Assert.True(stripe.TryReserve(10, out _, out var chunk));
        Assert.Null(stripe.Take());
        Assert.True(stripe.TryReserve(20, out _, out var next));
        next.Complete(20);
        Assert.Null(stripe.Take());

        chunk.Complete(10);

        Assert.Equal(10, stripe.Take()!.Records.Length);
        stripe.GiveBack(chunk);
        Assert.Equal(20, stripe.Take()!.Records.Length);
    }

    [Fact]
    public void Confirmed_MoreThanFit_TheLeastRecentlyUsedIsForgotten()
    {
        var confirmed = new ConfirmedTraits(3, TimeSpan.FromHours(1), TimeProvider.System);
        for (var i = 1; i <= 3; i++)
        {
            confirmed.Set((UInt128)i, (UInt128)(10 * i));
        }

        Assert.Equal((UInt128)10, confirmed.Find(1));
        confirmed.Set(4, 40);
        confirmed.Set(3, 33);
        confirmed.Set(5, 50);

        Assert.Equal([null, null, (UInt128)33, (UInt128)40, (UInt128)50], new UInt128?[] { confirmed.Find(1), confirmed.Find(2), confirmed.Find(3), confirmed.Find(4), confirmed.Find(5) });
        Assert.Equal(3, confirmed.Count);
    }

    /// <summary>Writes a record as soon as there is room.</summary>
    private static void Write(IntakeStripe stripe, byte writer, int length)
    {
        while (true)
        {
            if (stripe.TryReserve(length, out var room, out var chunk))
            {
                room.Fill(writer);
                room[0] = (byte)length;
                chunk.Complete(length);
                return;
            }

            Thread.Yield();
        }
    }

    private static void Read(ReadOnlySpan<byte> records, long[] read)
    {
        while (!records.IsEmpty)
        {
            var record = records[..records[0]];
            Assert.False(record[1..].ContainsAnyExcept(record[1]));
            read[record[1]]++;
            records = records[record.Length..];
        }
    }
}
