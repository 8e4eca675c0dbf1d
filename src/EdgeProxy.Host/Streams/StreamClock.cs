namespace EdgeProxy.Host.Streams;

/// <summary>Times of streams as timestamps, some of them at random, so that streams do not act all at once.</summary>
internal sealed class StreamClock
{
    // Times that need not be exact are rounded up to common ones, so that a few wake-ups a second serve all streams.
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(64);

    private readonly TimeProvider _time;
    private readonly long _grain;

    public StreamClock(TimeProvider time)
    {
        _time = time;
        _grain = Ticks(Grain);
    }

    /// <summary>The current timestamp.</summary>
    public long Now => _time.GetTimestamp();

    /// <summary>A time span in ticks of the clock.</summary>
    public long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _time.TimestampFrequency);

    /// <summary>The time span of a number of ticks of the clock.</summary>
    public TimeSpan Span(long ticks) => _time.GetElapsedTime(0, ticks);

    /// <summary>A timestamp after about some time.</summary>
    /// <param name="now">The current timestamp.</param>
    /// <param name="time">The time.</param>
    /// <param name="jitter">The part by which it is longer or shorter, at random.</param>
    public long After(long now, TimeSpan time, double jitter)
    {
        var due = now + Ticks(time * (1 - jitter + (2 * jitter * Random.Shared.NextDouble())));
        return (due + _grain - 1) / _grain * _grain;
    }

    /// <summary>A time between two others, at random.</summary>
    public static TimeSpan Between(TimeSpan shortest, TimeSpan longest) => shortest + ((longest - shortest) * Random.Shared.NextDouble());
}
