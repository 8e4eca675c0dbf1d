using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Streams;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Tests.Streams;

public sealed class StreamFeedTests
{
    [Fact]
    public void Render_EqualEvents_OnceForAllStreams()
    {
        var format = new CountingFormat();
        var feed = new StreamFeed(new EnvironmentState("env", "ser.env", EnvironmentKind.Configured), format);
        var time = DateTimeOffset.UnixEpoch;

        var first = feed.Render(new StreamEvent("a", time, UpdatedAt: null));

        Assert.Same(first, feed.Render(new StreamEvent("a", time, UpdatedAt: null)));
        Assert.Equal(1, format.Rendered);
        Assert.NotSame(first, feed.Render(new StreamEvent("b", time, UpdatedAt: null)));
        Assert.Equal(2, format.Rendered);
    }

    private sealed class CountingFormat : StreamFormat
    {
        public int Rendered { get; private set; }

        public override StreamKind Kind => StreamKind.Realtime;

        public override StreamTiming Timing => throw new NotSupportedException();

        public override StringValues CacheControl => throw new NotSupportedException();

        public override byte[] Opening(TimeSpan retry, string? revision) => throw new NotSupportedException();

        public override byte[] Render(StreamEvent streamEvent) => [(byte)++Rendered];

        public override StreamEvent? OnConnect(EnvironmentState environment, string? lastEventId, TimeSpan? sinceChange) => throw new NotSupportedException();
    }
}
