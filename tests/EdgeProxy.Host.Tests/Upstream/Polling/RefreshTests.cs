using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Upstream.Polling;

/// <summary>Refreshes that something else than the schedule asks for.</summary>
public sealed class RefreshTests
{
    [Fact]
    public async Task Refresh_BetweenTwoPolls_FetchedAtOnceAndTheReasonIsLogged()
    {
        await using var polled = await PolledProxy.StartAsync();
        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("second"));

        polled.Environment.Refresh("the stream announced a change");

        await Patience.UntilAsync(async () => await polled.PlainAsync() == "second", "the change, while the clock stands");
        var entry = Assert.Single(polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.RefreshRequested);
        Assert.Contains("because the stream announced a change", entry.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refresh_ManyWhileOneIsInFlight_OneMoreFollows()
    {
        await using var polled = await PolledProxy.StartAsync();
        var release = new TaskCompletionSource();
        var inFlight = new ConcurrencyGauge();
        polled.Upstream.Behaviour = async context =>
        {
            inFlight.Enter();
            await release.Task;
            inFlight.Leave();
            await polled.Upstream.AnswerWithDocumentAsync(context);
        };
        polled.Environment.Refresh("first");
        await polled.Upstream.WaitForRequestsAsync(2);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Task.Run(() => polled.Environment.Refresh($"webhook {number % 3}"))));
        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("second"));
        release.SetResult();
        await polled.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1)); // the second in which no other follows; a compilation has a timer of 0.1 s
        Assert.Equal(2, polled.Upstream.Requests.Count);
        polled.Time.Advance(TimeSpan.FromSeconds(1));
        await Patience.UntilAsync(async () => await polled.PlainAsync() == "second", "the change");
        await polled.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(12));

        Assert.Equal(1, inFlight.Max);
        Assert.Equal(3, polled.Upstream.Requests.Count); // the start, the first, and one for all the others
        Assert.Equal(2, polled.Proxy.Log.Entries.Count(static entry => entry.EventId == EventIds.RefreshRequested));
    }

    [Fact]
    public async Task Refresh_UpstreamAskedToWait_NotBefore()
    {
        await using var polled = await PolledProxy.StartAsync();
        await polled.PollAsync(EdgeProxy.Host.Testing.Faults.UpstreamFaults.Named("503 for a few seconds"));
        polled.Heal();
        var requests = polled.Upstream.Requests.Count;
        await polled.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(11));
        var asked = polled.Time.GetUtcNow();

        polled.Environment.Refresh("a webhook");

        // In steps: a request that did not wait would arrive long before the seven seconds are over.
        await polled.Time.AdvanceUntilAsync(TimeSpan.FromMilliseconds(50), () => polled.Upstream.Requests.Count > requests, "the request");
        Assert.True(polled.Time.GetUtcNow() - asked >= TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void Take_Nothing_Null() => Assert.Null(new RefreshSignal().Take());

    [Fact]
    public void Take_SeveralReasons_EachOnceAndThenNothing()
    {
        var signal = new RefreshSignal();
        signal.Request("one");
        signal.Request("two");
        signal.Request("one");

        Assert.True(signal.IsRequested);
        Assert.Equal("one, two", signal.Take());
        Assert.Null(signal.Take());
        Assert.False(signal.IsRequested);
    }
}
