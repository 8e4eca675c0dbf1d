using EdgeProxy.Host.Endpoints;
using EdgeProxy.Host.Usage;

namespace EdgeProxy.Host.Tests.Usage;

public sealed class UsageCountersTests
{
    [Fact]
    public async Task Count_ManyThreadsWhileItIsTaken_NothingLost()
    {
        const int Threads = 4;
        const int Each = 200_000;
        var counters = new UsageCounters();
        var taken = 0L;

        var counting = Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                counters.Count(UsageResource.Identities);
            }
        })));
        while (!counting.IsCompleted)
        {
            taken += counters.Take(UsageResource.Identities);
        }

        await counting;
        taken += counters.Take(UsageResource.Identities);
        Assert.Equal(Threads * Each, taken);
        Assert.Equal(0, counters.Take(UsageResource.Flags));
        Assert.Equal(0, counters.Take(UsageResource.EnvironmentDocument));
    }

    [Fact]
    public void Count_EachEndpoint_ByItsResourceAndNoOther()
    {
        var counters = new UsageCounters();
        foreach (var endpoint in EndpointTable.Definitions)
        {
            if (endpoint.Usage is { } resource)
            {
                counters.Count(resource);
            }
        }

        // OFREP's two ways to ask are evaluations of identities.
        Assert.Equal([1L, 3L, 1L], Enum.GetValues<UsageResource>().Select(counters.Take));
        Assert.Equal([0L, 0L, 0L], Enum.GetValues<UsageResource>().Select(counters.Take));
    }

    [Fact]
    public void Count_AllocatesNothing()
    {
        var counters = new UsageCounters();
        counters.Count(UsageResource.Flags);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            counters.Count(UsageResource.Flags);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(1001, counters.Take(UsageResource.Flags));
    }

    [Fact]
    public void Ledger_EnvironmentGone_CountedUntilTheSecondTime()
    {
        var ledger = new UsageLedger();
        var counters = ledger.Open("a");
        counters.Count(UsageResource.Flags);
        ledger.Close("a");

        Assert.Equal(new UsageRow("a", UsageResource.Flags, 1), Assert.Single(ledger.Take()));
        counters.Count(UsageResource.Flags); // by a request that had found the environment before it went
        Assert.Equal(new UsageRow("a", UsageResource.Flags, 1), Assert.Single(ledger.Take()));
        Assert.NotSame(counters, ledger.Open("a"));
    }

    [Fact]
    public void Ledger_EnvironmentGoneAndBack_OneRow()
    {
        var ledger = new UsageLedger();
        ledger.Open("a").Count(UsageResource.Flags);
        ledger.Close("a");
        ledger.Open("a").Count(UsageResource.Flags);

        Assert.Equal(new UsageRow("a", UsageResource.Flags, 2), Assert.Single(ledger.Take()));
        ledger.Take();
        ledger.Open("a").Count(UsageResource.Flags);
        Assert.Single(ledger.Take());
    }
}
