using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Testing.Faults;

namespace EdgeProxy.Host.Tests.Upstream;

/// <summary>The loop of one environment: what it survives, and where it runs.</summary>
public sealed class PollLoopTests
{
    [Fact]
    public async Task Poll_LogFails_PollingGoesOn()
    {
        using var log = new FailingLog("EdgeProxy.Host.Upstream", "EdgeProxy.Host.Environments");
        await using var polled = await PolledProxy.StartAsync(log: log);
        Assert.Equal("first", await polled.PlainAsync());

        foreach (var name in new[] { "status 500", "status 403", "garbage", "br that is plain" })
        {
            var failures = log.Failures;
            await polled.PollAsync(UpstreamFaults.Named(name));
            await Patience.UntilAsync(() => log.Failures > failures, "a word to the log");
        }

        polled.Heal();
        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("second"));
        await polled.PollAsync();
        Assert.Equal("second", await polled.PlainAsync());

        // Nothing is left to be said, and so nothing fails.
        await polled.PollAsync();
        await polled.PollAsync();
        Assert.Equal(0, polled.Freshness.Failures);
    }

    [Fact]
    public async Task Poll_NotTheFirst_NeverOnTheThreadsThatAnswerRequests()
    {
        using var log = new ThreadLog();
        await using var polled = await PolledProxy.StartAsync(log: log);

        for (var i = 0; i < 5; i++)
        {
            await polled.PollAsync(UpstreamFaults.Named("status 500"));
        }

        await Patience.UntilAsync(() => log.Entries.Count(static entry => entry.EventId == EventIds.FetchFailed) == 5, "five failures");
        Assert.All(log.Entries.Where(static entry => entry.EventId == EventIds.FetchFailed), static entry => Assert.True(entry.IsOnThreadPool));
    }

    [Fact]
    public async Task Stop_FetchHangs_EndsAtOnceAndSaysNothingOfIt()
    {
        var polled = await PolledProxy.StartAsync();
        var hanging = UpstreamFaults.Named("hangs after the head");
        polled.Upstream.Behaviour = context => hanging.AnswerAsync(context, []);
        var requests = polled.Upstream.Requests.Count;
        await polled.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(11));
        polled.Time.AdvanceToNextTimer();
        await polled.Upstream.WaitForRequestsAsync(requests + 1);
        var log = polled.Proxy.Log;

        // The clock stands: the request does not time out.
        await polled.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(4), TimeProvider.System);

        Assert.DoesNotContain(log.Entries, static entry => entry.EventId is EventIds.FetchFailed or EventIds.PollFailed);
    }

    [Fact]
    public async Task Poll_EveryKeyExpiredAfterAFailure_NoWordOfRecovery()
    {
        await using var polled = await PolledProxy.StartAsync();
        var found = new EnvironmentState(
            "found", [new ServerSideKey("ser.found", polled.Time.GetUtcNow() + TimeSpan.FromSeconds(0.1))], EnvironmentKind.Discovered);
        polled.Upstream.Behaviour = FakeUpstream.Status(500);
        polled.Proxy.Registry.SetDiscovered([found]);
        await Patience.UntilAsync(() => found.Freshness.Failures == 1, "the poll that fails");

        for (var i = 0; i < 3; i++)
        {
            await polled.Time.WaitForWaiterAsync(TimeSpan.Zero, TimeSpan.FromSeconds(0.6));
            polled.Time.AdvanceToNextTimer();
        }

        Assert.Equal(1, found.Freshness.Failures);
        Assert.DoesNotContain(polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.FetchRecovered);
    }
}
