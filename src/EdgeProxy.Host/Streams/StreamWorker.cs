using System.IO.Pipelines;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Streams;

/// <summary>
/// The work of the thread of the streams: writes events and comments when they are due, and ends streams. No other thread
/// touches this state, so that it needs no lock; none of it waits for a client.
/// </summary>
internal sealed partial class StreamWorker : IDisposable
{
    private static readonly TimeSpan SlotWidth = TimeSpan.FromMilliseconds(4);
    private static readonly byte[] Comment = ":\n\n"u8.ToArray();
    private const double Jitter = 0.1;

    private readonly EnvironmentRegistry _registry;
    private readonly ServerMetrics _metrics;
    private readonly StreamClock _clock;
    private readonly StreamSpread _spread;
    private readonly Action _ended;
    private readonly ILogger _logger;
    private readonly Dictionary<(EnvironmentState Environment, StreamFormat Format), StreamFeed> _feeds = [];
    private readonly TimerWheel _wheel;
    private long _drainedAt;
    private bool _isDraining;

    /// <param name="registry">The environments.</param>
    /// <param name="metrics">The counters.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ended">Called for each stream that ended.</param>
    /// <param name="logger">The log.</param>
    public StreamWorker(EnvironmentRegistry registry, ServerMetrics metrics, TimeProvider time, Action ended, ILogger logger)
    {
        _registry = registry;
        _metrics = metrics;
        _ended = ended;
        _logger = logger;
        _clock = new StreamClock(time);
        _spread = new StreamSpread(_clock);
        _wheel = new TimerWheel(_clock.Ticks(SlotWidth), _clock.Now);
        Thread = new StreamThread(Work, time);
    }

    /// <summary>The thread, which takes messages.</summary>
    public StreamThread Thread { get; }

    /// <inheritdoc/>
    public void Dispose() => Thread.Dispose();

    private void Work(List<StreamMessage> messages)
    {
        foreach (var message in messages)
        {
            try
            {
                Handle(message);
            }
            catch (Exception exception)
            {
                Log.Failed(_logger, exception);
            }
        }

        var now = _clock.Now;
        while (_wheel.TakeDue(now) is { } due)
        {
            Try((EventStream)due, now);
        }

        Thread.WakeAt(_wheel.NextDue());
    }

    private void Try(EventStream stream, long now)
    {
        try
        {
            Act(stream, now);
        }
        catch (Exception exception)
        {
            Log.Failed(_logger, exception);
            End(stream, StreamEnd.Failed);
        }
    }

    private void Handle(in StreamMessage message)
    {
        switch (message.Kind)
        {
            case StreamMessageKind.Opened:
                Open(message.Stream!);
                break;
            case StreamMessageKind.Disconnected:
                End(message.Stream!, message.Stream!.IsWriting ? StreamEnd.Slow : StreamEnd.Client);
                break;
            case StreamMessageKind.Written:
                Written(message.Stream!, message.Flag);
                break;
            case StreamMessageKind.Published:
                Announce(message.Environment!);
                break;
            case StreamMessageKind.EnvironmentsChanged:
                EndRemoved();
                break;
            default:
                Drain(message.Time);
                break;
        }
    }

    private void Open(EventStream stream)
    {
        if (stream.IsEnded)
        {
            return; // the client disconnected before
        }

        var now = _clock.Now;
        var feed = FeedOf(stream);
        feed.Add(stream);
        stream.Environment.Metrics.Streams.Opened(stream.Format.Kind);
        var timing = stream.Format.Timing;
        stream.HeartbeatAt = _clock.After(now, timing.Heartbeat, Jitter);
        stream.EndAt = feed.IsRemoved ? now
            : _isDraining ? now + Random.Shared.NextInt64(Math.Max(1, _drainedAt - now))
            : timing.MaxAge > TimeSpan.Zero ? _clock.After(now, timing.MaxAge, timing.AgeJitter)
            : EventStream.Never;
        if (stream.Environment.Current?.Document.Version != stream.OpenedAt || stream.Environment.LatestChange != stream.ChangeAtOpening)
        {
            stream.Pending = Evaluate(stream, now); // published while the stream was opened
        }

        stream.EventAt = now;
        if (stream.FirstWrite is { } write)
        {
            stream.FirstWrite = null;
            Follow(stream, new ValueTask<FlushResult>(write), now);
        }

        if (!stream.IsEnded)
        {
            Schedule(stream);
        }
    }

    private StreamFeed FeedOf(EventStream stream)
    {
        var key = (stream.Environment, stream.Format);
        if (_feeds.TryGetValue(key, out var feed) && !feed.IsRemoved)
        {
            return feed;
        }

        // The environment may have been removed while the stream was opened, or have come back since.
        feed ??= new StreamFeed(stream.Environment, stream.Format);
        feed.IsRemoved = !_registry.Environments.Contains(stream.Environment);
        _feeds[key] = feed;
        return feed;
    }

    private void Schedule(EventStream stream)
    {
        var due = stream.IsWriting
            ? Math.Min(stream.WriteEndsAt, _isDraining ? stream.EndAt : EventStream.Never)
            : Math.Min(Math.Min(stream.EndAt, stream.HeartbeatAt), stream.Pending is null ? stream.RepeatAt : stream.EventAt);
        _wheel.Schedule(stream, due, _clock.Now);
    }

    private void Act(EventStream stream, long now)
    {
        if (stream.IsWriting)
        {
            End(stream, StreamEnd.Slow); // for as long as it may, or the shutdown allows
            return;
        }

        var isOver = now >= stream.EndAt;
        if (stream.Pending is { } streamEvent && (isOver || now >= stream.EventAt))
        {
            Send(stream, streamEvent, now);
            stream.RepeatAt = stream.Format.Timing.RepeatAfter is { } time ? _clock.After(now, time, Jitter) : EventStream.Never;
        }
        else if (!isOver && now >= stream.RepeatAt && stream is { Pending: null, Sent: { } sent })
        {
            Send(stream, sent, now);
            stream.RepeatAt = EventStream.Never;
        }
        else if (!isOver && now >= stream.HeartbeatAt)
        {
            Write(stream, Comment, now);
        }

        if (stream.IsEnded)
        {
            return;
        }

        if (isOver && !stream.IsWriting)
        {
            End(stream, _isDraining ? StreamEnd.Drain : stream.Feed!.IsRemoved ? StreamEnd.Removed : StreamEnd.Age);
        }
        else
        {
            Schedule(stream);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.StreamWorkFailed, LogLevel.Error, "Event streams: unexpected error; the other streams are not affected. Please report this with the exception")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(EventIds.StreamWriteFailed, LogLevel.Debug, "Environment {Environment}: a write to an event stream failed; the stream is ended")]
        public static partial void WriteFailed(ILogger logger, Exception exception, EnvironmentLabel environment);

        [LoggerMessage(EventIds.StreamsDraining, LogLevel.Information, "Shutting down: ending {Streams} over {Seconds:0.0} s; their clients reconnect")]
        public static partial void Draining(ILogger logger, string streams, double seconds);
    }
}
