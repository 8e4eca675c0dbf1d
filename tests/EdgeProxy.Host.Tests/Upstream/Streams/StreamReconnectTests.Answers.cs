using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Testing;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Upstream.Streams;

/// <content>Answers that are no stream.</content>
public sealed partial class StreamReconnectTests
{
    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Status_Refused_FiveMinutes(int status)
    {
        await using var proxy = await FollowingProxy.StartAsync(behaviour: FakeUpstream.Status(status));
        await proxy.MoveUntilAsync(() => proxy.Environment.Metrics.UpstreamStream.Ends(UpstreamStreamEndCause.Refused) == 1, TimeSpan.FromMilliseconds(1), "the refusal");
        await proxy.WaitForPauseAsync(299, 330);
        Assert.Equal(UpstreamStreamPhase.Retrying, proxy.Environment.UpstreamStream!.Phase);
        proxy.Service.Behaviour = null;

        proxy.Time.Advance(TimeSpan.FromMinutes(4.9));
        Assert.Single(proxy.Service.Requests);
        await proxy.MoveUntilAsync(() => proxy.Service.Streams.Count == 1, Second, "a stream");
        await proxy.Polled.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.StreamsRecovered);
    }

    [Fact]
    public async Task Status_NoContent_NotBeforeTheNextDocument()
    {
        await using var proxy = await FollowingProxy.StartAsync(behaviour: FakeUpstream.Status(204));
        await proxy.MoveUntilAsync(() => proxy.Environment.UpstreamStream?.Phase == UpstreamStreamPhase.Dismissed, TimeSpan.FromMilliseconds(1), "the dismissal");
        proxy.Service.Behaviour = null;
        await proxy.Polled.PollTimesAsync(3);
        proxy.Time.Advance(TimeSpan.FromSeconds(7));
        Assert.Single(proxy.Service.Requests);

        proxy.SetDocument("second", FollowingProxy.Change);
        await proxy.Polled.PollAsync();
        await proxy.NextStreamAsync(1);
        Assert.Equal(1, proxy.Environment.Metrics.UpstreamStream.Ends(UpstreamStreamEndCause.Dismissed));
    }

    [Fact]
    public async Task Status_RetryAfter_NotBefore()
    {
        await using var proxy = await FollowingProxy.StartAsync(behaviour: static context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "20";
            return Task.CompletedTask;
        });
        await proxy.MoveUntilAsync(() => proxy.Environment.Metrics.UpstreamStream.Ends(UpstreamStreamEndCause.Status) == 1, TimeSpan.FromMilliseconds(1), "the answer");
        await proxy.WaitForPauseAsync(19.9, 22.1);
    }

    [Theory]
    [InlineData("text/html", null)]
    [InlineData("application/json", null)]
    [InlineData("text/event-stream; charset=utf-8", "gzip")]
    public async Task Content_NoStream_ClosedAndOpenedAgain(string contentType, string? coding)
    {
        await using var proxy = await FollowingProxy.StartAsync(behaviour: async context =>
        {
            context.Response.ContentType = contentType;
            context.Response.Headers.ContentEncoding = coding;
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        await proxy.MoveUntilAsync(() => proxy.Environment.Metrics.UpstreamStream.Ends(UpstreamStreamEndCause.NoStream) == 1, TimeSpan.FromMilliseconds(1), "the end");
        proxy.Service.Behaviour = null;
        proxy.Service.ContentType = "TEXT/event-stream; charset=utf-8";
        await proxy.MoveUntilAsync(() => proxy.Service.Streams.Count == 1, TimeSpan.FromSeconds(0.1), "a stream");

        await proxy.NextStreamAsync(1);
    }

    [Fact]
    public async Task Redirect_Followed()
    {
        await using var proxy = await FollowingProxy.StartAsync();
        proxy.Service.Behaviour = context =>
        {
            proxy.Service.Behaviour = null;
            context.Response.Redirect("/elsewhere", permanent: true);
            return Task.CompletedTask;
        };
        await proxy.NextStreamAsync(1);

        Assert.Equal(["/sse/environments/env/stream", "/elsewhere"], proxy.Service.Requests.Select(static request => request.Target));
    }
}
