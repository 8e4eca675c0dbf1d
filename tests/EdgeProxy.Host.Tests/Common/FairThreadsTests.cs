using EdgeProxy.Host.Common;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Common;

public sealed class FairThreadsTests : IDisposable
{
    private static readonly TimeSpan Cost = TimeSpan.FromMilliseconds(100);

    private readonly ManualTimeProvider _time = new();
    private readonly FairThreads _threads;
    private readonly ManualResetEventSlim _gate = new();
    private readonly List<string> _done = [];

    public FairThreadsTests()
    {
        _threads = new FairThreads("test", threadCount: 1, TimeSpan.FromSeconds(1), _time);
    }

    public void Dispose()
    {
        _gate.Set();
        _threads.Dispose();
    }

    [Fact]
    public async Task TryAdd_OneAsksForMuch_TheOtherIsNextWhateverWaits()
    {
        Hold("gate");
        for (var i = 0; i < 5; i++)
        {
            Assert.True(Add("greedy", Cost));
        }

        Assert.True(Add("modest", Cost / 10));
        Assert.True(Add("modest", Cost / 10));
        _gate.Set();
        await DoneAsync(7);

        Assert.Equal("greedy modest modest greedy greedy greedy greedy", string.Join(' ', _done));
    }

    [Fact]
    public async Task TryAdd_ExpensiveAndCheapTenant_TurnsByTimeAndNotByNumber()
    {
        Hold("gate");
        for (var i = 0; i < 4; i++)
        {
            Assert.True(Add("expensive", Cost));
        }

        for (var i = 0; i < 8; i++)
        {
            Assert.True(Add("cheap", Cost / 4));
        }

        _gate.Set();
        await DoneAsync(12);

        Assert.Equal("expensive cheap cheap cheap cheap", string.Join(' ', _done.Take(5)));
    }

    [Fact]
    public async Task TryAdd_MoreThanCanBeDoneInTime_RefusedForThatTenantOnly()
    {
        // Until one of its jobs is done nobody knows what they cost.
        var first = Hold("greedy");
        Assert.True(Add("greedy", Cost));
        var second = new ManualResetEventSlim();
        var isSecond = new ManualResetEventSlim();
        Assert.True(_threads.TryAdd("greedy", () =>
        {
            isSecond.Set();
            second.Wait();
        }));
        first.Set();
        Assert.True(isSecond.Wait(Patience.Limit));

        var taken = 0;
        while (Add("greedy", TimeSpan.Zero))
        {
            taken++;
            Assert.InRange(taken, 0, 200);
        }

        Assert.InRange(taken, 50, 150); // a second, by an average of an eighth of the cost
        Assert.True(Add("modest", Cost));
        second.Set();
        await DoneAsync(1 + taken + 1);
        Assert.True(Add("greedy", Cost));
    }

    /// <summary>Keeps the thread until the gate opens.</summary>
    private ManualResetEventSlim Hold(string tenant)
    {
        var started = new ManualResetEventSlim();
        Assert.True(_threads.TryAdd(tenant, () =>
        {
            started.Set();
            _gate.Wait();
        }));
        Assert.True(started.Wait(Patience.Limit));
        return _gate;
    }

    private bool Add(string tenant, TimeSpan cost) => _threads.TryAdd(tenant, () =>
    {
        _time.Advance(cost);
        lock (_done)
        {
            _done.Add(tenant);
        }
    });

    private Task DoneAsync(int count) => Patience.UntilAsync(
        () =>
        {
            lock (_done)
            {
                return _done.Count >= count;
            }
        },
        "the jobs");
}
