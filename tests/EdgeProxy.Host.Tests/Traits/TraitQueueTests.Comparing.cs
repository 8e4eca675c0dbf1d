using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Tests.Traits;

/// <content>Comparison with what a fleet remembers (docs/spec/fleet.md 6.2).</content>
public sealed partial class TraitQueueTests
{
    [Fact]
    public void TakeUncompared_Shared_BeforeAnythingIsSent()
    {
        var queue = CreateShared();
        Add(queue, _client, "bob", ("plan", "1"));
        Add(queue, _client, "eve", ("plan", "1"));
        Assert.Null(queue.Next(isLast: false));

        var calls = queue.TakeUncompared(10);
        Assert.Equal(2, calls.Count);
        queue.Compared(calls[0], isRemembered: true);
        queue.Compared(calls[1], isRemembered: false);

        Assert.Contains("eve", Body(queue.Next(isLast: false)), StringComparison.Ordinal);
        Assert.Null(queue.Next(isLast: false));
        Assert.Equal((1, 1L, 1L), (queue.Count, _metrics.Remembered, _metrics.Deduplicated));
    }

    [Fact]
    public void Compared_Remembered_NothingLeftAndKnownForAWhile()
    {
        var queue = CreateShared();
        Add(queue, _client, "bob", ("plan", "1"));
        queue.Compared(queue.TakeUncompared(10)[0], isRemembered: true);
        Assert.Equal((0, 0L), (queue.Count, queue.Bytes));

        Add(queue, _client, "bob", ("plan", "1"));
        Assert.Equal((0, 2L), (queue.Count, _metrics.Deduplicated));

        _time.Advance(TimeSpan.FromSeconds(10));
        Add(queue, _client, "bob", ("plan", "1"));
        Assert.Single(queue.TakeUncompared(10));
    }

    /// <summary>Traits that change during the comparison are sent: the result is about the earlier ones.</summary>
    [Fact]
    public void Compared_RequestMeanwhile_Sent()
    {
        var queue = CreateShared();
        Add(queue, _client, "bob", ("plan", "1"));
        var call = queue.TakeUncompared(10)[0];
        Add(queue, _client, "bob", ("plan", "2"));

        queue.Compared(call, isRemembered: true);

        Assert.Contains(":2}", Body(queue.Next(isLast: false)), StringComparison.Ordinal);
        Assert.Equal(0, _metrics.Remembered);
    }

    [Fact]
    public void Compared_OtherKindOfKeyMeanwhile_BothSent()
    {
        var queue = CreateShared();
        Add(queue, _client, "bob", ("plan", "1"));
        var call = queue.TakeUncompared(10)[0];
        Add(queue, _server, "bob", ("age", "2"));
        Assert.Null(queue.Next(isLast: false));

        queue.Compared(call, isRemembered: true);

        var first = queue.Next(isLast: false)!;
        Assert.Equal("ser.key", first.Source.Key);
        queue.Confirm(first);
        Assert.Contains(":1}", Body(queue.Next(isLast: false)), StringComparison.Ordinal);
    }

    [Fact]
    public void SkipComparison_StoreAway_Sent()
    {
        var queue = CreateShared();
        Add(queue, _client, "bob", ("plan", "1"));

        queue.SkipComparison();

        Assert.NotNull(queue.Next(isLast: false));
        Assert.Empty(queue.TakeUncompared(10));
    }

    [Fact]
    public void TakeUncompared_MoreThanABatch_InTheOrderOfArrival()
    {
        var queue = CreateShared();
        foreach (var name in (string[])["one", "two", "three"])
        {
            Add(queue, _client, name, ("plan", "1"));
        }

        Assert.Equal(2, queue.TakeUncompared(2).Count);
        Assert.Contains("three", Body(queue.TakeUncompared(2)[0]), StringComparison.Ordinal);
    }

    /// <summary>While many wait, the own memory is good enough: the identity would be lost otherwise.</summary>
    [Fact]
    public void Add_KnownHereAndQueueFull_Deduplicated()
    {
        var queue = Create(new TraitForwardingOptions { IsEnabled = true, QueueSize = 1 });
        queue.IsShared = true;
        Add(queue, _client, "bob", ("plan", "1"));
        queue.Compared(queue.TakeUncompared(10)[0], isRemembered: false);
        queue.Confirm(queue.Next(isLast: false)!);
        _time.Advance(TimeSpan.FromMinutes(1));
        Add(queue, _client, "eve", ("plan", "1"));

        Add(queue, _client, "bob", ("plan", "1"));

        Assert.Equal((1L, 0L), (_metrics.Deduplicated, _metrics.Lost(TraitLoss.QueueFull)));
    }

    private TraitQueue CreateShared()
    {
        var queue = Create();
        queue.IsShared = true;
        return queue;
    }
}
