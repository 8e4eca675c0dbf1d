using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Streams;

/// <content>The events, and their times.</content>
internal sealed partial class StreamWorker
{
    private void Announce(EnvironmentState environment)
    {
        var now = _clock.Now;
        StreamFeed[] feeds = [.. _feeds.Values.Where(feed => feed.Environment == environment).OrderByDescending(static feed => feed.Format.IsFirst)];
        var count = feeds.Sum(static feed => feed.Streams.Length);
        var (spread, gap) = (_spread.Events(count), _spread.Gap(count));
        var announcement = environment.LatestChange is null ? null : StreamFormat.Announcement(environment);
        var number = 0L;
        foreach (var feed in feeds)
        {
            foreach (var stream in feed.Streams)
            {
                var offset = feed.Format.IsFirst ? 0 : number++ * spread / count;
                Announce(stream, announcement ?? Evaluate(stream, now), Math.Max(now + offset, stream.SentAt + gap));
            }
        }
    }

    private void Announce(EventStream stream, StreamEvent? streamEvent, long at)
    {
        if (streamEvent is null || streamEvent == stream.Sent)
        {
            return;
        }

        // An event that has not been written yet is replaced, and its time stays.
        stream.EventAt = stream.Pending is null ? at : stream.EventAt;
        stream.Pending = streamEvent;
        Schedule(stream);
    }

    /// <summary>Determines the event for a client that has just connected, or whose environment has just been loaded.</summary>
    private StreamEvent? Evaluate(EventStream stream, long now)
    {
        var (environment, lastEventId) = (stream.Environment, stream.LastEventId);
        stream.LastEventId = null;
        if (stream.OpenedAt is null && lastEventId is null && stream.Format.AnnouncesLoading)
        {
            return StreamFormat.Announcement(environment);
        }

        return stream.Format.OnConnect(
            environment, lastEventId, environment.LatestChange is { } change ? _clock.Span(now - change.Timestamp) : null);
    }
}
