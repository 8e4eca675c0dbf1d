using EdgeProxy.Host.Common;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Streams;

/// <content>Ends of streams, one and many.</content>
internal sealed partial class StreamWorker
{
    private void EndRemoved()
    {
        var now = _clock.Now;
        var served = _registry.Environments.ToHashSet();
        foreach (var feed in _feeds.Values.Where(feed => !feed.IsRemoved && !served.Contains(feed.Environment)))
        {
            feed.IsRemoved = true;
            Spread(feed.Streams, now, _spread.Ends(feed.Streams.Length, TimeSpan.Zero));
        }
    }

    private void Drain(TimeSpan left)
    {
        var (now, isFirst) = (_clock.Now, !_isDraining);
        _isDraining = true;
        _drainedAt = now + _clock.Ticks(left);
        EventStream[] streams = [.. _feeds.Values.SelectMany(static feed => feed.Streams.ToArray())];
        if (streams.Length == 0)
        {
            return;
        }

        // Those of one environment, which have the same clients, are not all the last.
        Random.Shared.Shuffle(streams);
        var time = _spread.Ends(streams.Length, left);
        if (isFirst)
        {
            Log.Draining(_logger, Quantity.Of(streams.Length, "event stream"), _clock.Span(time).TotalSeconds);
        }

        Spread(streams, now, time);
    }

    private void Spread(ReadOnlySpan<EventStream> streams, long now, long time)
    {
        for (var i = 0L; i < streams.Length; i++)
        {
            var stream = streams[(int)i];
            stream.EndAt = Math.Min(stream.EndAt, now + (i * time / streams.Length));
            Schedule(stream);
        }
    }

    private void End(EventStream stream, StreamEnd reason)
    {
        if (stream.IsEnded)
        {
            return;
        }

        _wheel.Remove(stream);
        if (stream.Feed is { } feed)
        {
            feed.Remove(stream);
            stream.Environment.Metrics.Streams.Closed(stream.Format.Kind);
            if (feed.Streams.IsEmpty)
            {
                _feeds.Remove((feed.Environment, feed.Format));
            }
        }

        _metrics.StreamEnded(reason);
        stream.End(aborts: reason is StreamEnd.Slow or StreamEnd.Failed, closes: _isDraining);
        _ended();
    }
}
