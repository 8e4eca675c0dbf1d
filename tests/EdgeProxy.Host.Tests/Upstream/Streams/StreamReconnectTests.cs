using System.Net;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Testing;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Upstream.Streams;

/// <summary>docs/spec/realtime.md 7.4: what ends a stream, and when it is opened again.</summary>
public sealed partial class StreamReconnectTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Open_Request_AsTheServiceExpectsIt()
    {
        var (proxy, _) = await FollowingProxy.OpenAsync();
        await using var owned = proxy;

        var request = Assert.Single(proxy.Service.Requests);
        Assert.Equal("/sse/environments/env/stream", request.Target);
        Assert.Equal("text/event-stream", request.Headers["Accept"]);
        Assert.Equal("no-cache", request.Headers["Cache-Control"]);
        Assert.StartsWith("EdgeProxy/", request.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.DoesNotContain(request.Headers, static header => header.Value.Contains("ser.env", StringComparison.Ordinal));
        Assert.False(request.Headers.ContainsKey("X-Environment-Key"));
        Assert.False(request.Headers.ContainsKey("Accept-Encoding"));
    }

    [Fact]
    public async Task End_EveryThirtySeconds_OpenAgainWithinASecondAndNothingIsLogged()
    {
        var (proxy, stream) = await FollowingProxy.OpenAsync();
        await using var owned = proxy;
        for (var number = 2; number <= 8; number++)
        {
            proxy.Time.Advance(TimeSpan.FromSeconds(30));
            var ended = proxy.Time.GetUtcNow();
            stream.End();
            await proxy.WaitForEndsAsync(UpstreamStreamEndCause.Ended, number - 1);
            await proxy.MoveUntilAsync(() => proxy.Service.Streams.Count >= number, TimeSpan.FromMilliseconds(10), "the next stream");
            stream = await proxy.NextStreamAsync(number);
            Assert.InRange(proxy.Time.GetUtcNow() - ended, TimeSpan.Zero, TimeSpan.FromSeconds(1.5));

            // The service sends the newest change first.
            var value = $"value {number}";
            proxy.SetDocument(value, FollowingProxy.Change.AddMinutes(number));
            await stream.AnnounceAsync(FollowingProxy.Change.AddMinutes(number));
            await proxy.MoveUntilAsync(() => proxy.Environment.Current!.Document.UpdatedAt == FollowingProxy.Change.AddMinutes(number), TimeSpan.FromMilliseconds(10), value);
        }

        Assert.DoesNotContain(proxy.Polled.Proxy.Log.Entries, static entry => entry.EventId is EventIds.StreamFailed or EventIds.StreamUnexpected);
        Assert.Equal(1, proxy.Polled.Proxy.Log.Entries.Count(static entry => entry is { EventId: EventIds.StreamOpened, Level: LogLevel.Information }));
    }

    [Fact]
    public async Task End_AtOnceEachTime_LessAndLessOften()
    {
        await using var proxy = await FollowingProxy.StartAsync(behaviour: static async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.StartAsync();
        });
        await proxy.MoveUntilAsync(() => proxy.Environment.Metrics.UpstreamStream.Ends(UpstreamStreamEndCause.Ended) >= 8, TimeSpan.FromSeconds(0.5), "8 streams");

        // With a constant pause of at most a second it would be four seconds.
        var started = proxy.Time.GetUtcNow();
        await proxy.MoveUntilAsync(() => proxy.Environment.Metrics.UpstreamStream.Ends(UpstreamStreamEndCause.Ended) >= 28, TimeSpan.FromSeconds(5), "20 more");
        Assert.InRange(proxy.Time.GetUtcNow() - started, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(25));
    }

    [Fact]
    public async Task Silence_FortyFiveSeconds_OpenedAgain()
    {
        var (proxy, stream) = await FollowingProxy.OpenAsync();
        await using var owned = proxy;
        for (var i = 0; i < 3; i++)
        {
            await proxy.WaitForPauseAsync(44, 45);
            proxy.Time.Advance(TimeSpan.FromSeconds(40));
            await stream.SendAsync(":\n\n");
            await proxy.WaitForPauseAsync(44, 45);
        }

        Assert.Equal(0, proxy.Environment.Metrics.UpstreamStream.Ends(UpstreamStreamEndCause.Silent));
        proxy.Time.Advance(TimeSpan.FromSeconds(45));

        await proxy.WaitForEndsAsync(UpstreamStreamEndCause.Silent, 1);
        await Patience.UntilAsync(() => stream.IsClosed, "the connection to be closed");
        await proxy.NextStreamAsync(2);
        Assert.Contains("sent nothing for 45 s", proxy.Environment.UpstreamStream!.LastError!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_NoAnswerAtAll_OpenedAgain()
    {
        await using var proxy = await FollowingProxy.StartAsync(behaviour: static context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        await proxy.MoveUntilAsync(() => proxy.Service.Requests.Count == 1, TimeSpan.FromMilliseconds(1), "a request");
        await proxy.WaitForPauseAsync(44, 45);
        proxy.Time.Advance(TimeSpan.FromSeconds(45));

        await proxy.WaitForEndsAsync(UpstreamStreamEndCause.Silent, 1);
        proxy.Service.Behaviour = null;
        await proxy.NextStreamAsync(1);
    }

    [Theory]
    [InlineData("data: ", 1024 * 1024, "")]
    [InlineData(":", 1024 * 1024, "")]
    [InlineData("", 1000, "data: 0123456789012345678901234567890123456789012345678901234567890123456789\n")]
    public async Task Line_TooLong_ClosedAndOpenedAgain(string start, int repetitions, string line)
    {
        var (proxy, stream) = await FollowingProxy.OpenAsync();
        await using var owned = proxy;

        var sending = stream.SendAsync(start + (line.Length == 0 ? new string('x', repetitions) : string.Concat(Enumerable.Repeat(line, repetitions))));
        await proxy.WaitForEndsAsync(UpstreamStreamEndCause.TooLong, 1);
        await Patience.UntilAsync(() => stream.IsClosed, "the connection to be closed");
        await Record.ExceptionAsync(() => sending); // it may have been written before
        await proxy.NextStreamAsync(2);

        Assert.Contains("more than 64 KiB", proxy.Environment.UpstreamStream!.LastError!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comments_ForYears_NoEvent()
    {
        var (proxy, stream) = await FollowingProxy.OpenAsync();
        await using var owned = proxy;
        await stream.SendAsync(string.Concat(Enumerable.Repeat(":comment of fifty bytes, without an empty line.....\n", 10_000)));
        await stream.AnnounceAsync(proxy.Environment.Current!.Document.UpdatedAt!.Value);

        await proxy.WaitForEventsAsync(UpstreamStreamEventOutcome.Known, 1);
    }

    [Fact]
    public async Task Connection_BreaksOff_OpenedAgainAndLoggedOnce()
    {
        var (proxy, stream) = await FollowingProxy.OpenAsync();
        await using var owned = proxy;
        for (var number = 2; number <= 5; number++)
        {
            stream.Abort();
            await proxy.WaitForEndsAsync(UpstreamStreamEndCause.Failed, number - 1);
            stream = await proxy.NextStreamAsync(number);
        }

        var failures = proxy.Polled.Proxy.Log.Entries.Where(static entry => entry.EventId == EventIds.StreamFailed).ToList();
        var failure = Assert.Single(failures);
        Assert.Equal(LogLevel.Warning, failure.Level);
        Assert.Contains(
            $"'Test' (e…): the stream of changes failed: {proxy.Service.Address.AbsoluteUri.TrimEnd('/')} the connection broke off; its changes wait for the next poll",
            failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_StreamHasFailed_NotSaidToBeOpenAgain()
    {
        await using var proxy = await FollowingProxy.StartAsync(behaviour: FakeUpstream.Status(404));
        await proxy.MoveUntilAsync(
            () => proxy.Polled.Proxy.Log.Entries.Any(static entry => entry.EventId == EventIds.StreamFailed), TimeSpan.FromMilliseconds(1), "the failure");

        await proxy.Polled.Proxy.StopAsync();

        Assert.DoesNotContain(proxy.Polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.StreamsRecovered);
    }

    [Fact]
    public async Task Retry_Asked_PauseAfterErrorsAndNotAfterAProperEnd()
    {
        var (proxy, stream) = await FollowingProxy.OpenAsync();
        await using var owned = proxy;
        await stream.SendAsync("retry: 60000\n\n");
        var longest = TimeSpan.Zero;
        for (var number = 1; number <= 5; number++)
        {
            await stream.AnnounceAsync(proxy.Environment.Current!.Document.UpdatedAt!.Value);
            await proxy.WaitForEventsAsync(UpstreamStreamEventOutcome.Known, number);
            proxy.Service.Behaviour = FakeUpstream.Status(500);
            stream.End();
            await proxy.WaitForEndsAsync(UpstreamStreamEndCause.Ended, number);
            var ended = proxy.Environment.UpstreamStream!.Since;
            await proxy.MoveUntilAsync(() => proxy.Environment.Metrics.UpstreamStream.Ends(UpstreamStreamEndCause.Status) == number, TimeSpan.FromMilliseconds(10), "an error");
            var failed = proxy.Environment.UpstreamStream!.Since;
            Assert.InRange(failed - ended, TimeSpan.Zero, TimeSpan.FromSeconds(1.5));

            proxy.Service.Behaviour = null;
            stream = await proxy.NextStreamAsync(number + 1);
            longest = proxy.Time.GetUtcNow() - failed is var pause && pause > longest ? pause : longest;
        }

        // Up to a minute at random: all five are that short once in ten million times. Without "retry" it is a second.
        Assert.InRange(longest, TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(62));
    }

    [Fact]
    public async Task Poll_StreamIsOpen_LessOftenUntilItHasBeenClosedForHalfAMinute()
    {
        var (proxy, stream) = await FollowingProxy.OpenAsync(static options => options with { PollInterval = TimeSpan.FromMinutes(10) });
        await using var owned = proxy;
        await proxy.MoveUntilAsync(() => proxy.Fetches == 2, Second, "the poll that was due"); // it was decided before
        await proxy.WaitForPauseAsync(539, 660);
        Assert.Equal(600, (await Exposition.OfAsync(proxy.Polled.Proxy)).Sum("edgeproxy_poll_interval_seconds"));

        proxy.Service.Behaviour = FakeUpstream.Status(404);
        for (var i = 0; i < 2; i++)
        {
            await stream.SendAsync(":\n\n");
            await proxy.WaitForPauseAsync(44.9, 45);
            proxy.Time.Advance(TimeSpan.FromSeconds(i * 44));
        }

        using (var ready = await proxy.Polled.Proxy.Client.GetAsync("/proxy/health/readiness"))
        {
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode); // 44 s old
        }

        stream.Abort();
        await proxy.WaitForEndsAsync(UpstreamStreamEndCause.Failed, 1);
        await proxy.MoveUntilAsync(() => proxy.Environment.Metrics.UpstreamStream.Ends(UpstreamStreamEndCause.Refused) == 1, TimeSpan.FromSeconds(0.1), "the refusal");
        proxy.Time.Advance(TimeSpan.FromSeconds(28));
        Assert.Equal(2, proxy.Fetches);
        await proxy.MoveUntilAsync(() => proxy.Fetches == 3, Second, "a fetch");
        await proxy.WaitForPauseAsync(8, 12);
        Assert.Equal(10, (await Exposition.OfAsync(proxy.Polled.Proxy)).Sum("edgeproxy_poll_interval_seconds"));
    }
}
