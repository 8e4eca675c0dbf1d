namespace EdgeProxy.Host.Streams;

/// <summary>
/// Spreads the events and ends of many streams over time: each event causes a request, and each end another connection.
/// </summary>
internal sealed class StreamSpread
{
    // A fifth less than the second in which all streams have to have an event: the last slots of a busy second come later.
    private static readonly TimeSpan MaxForEvents = TimeSpan.FromSeconds(0.8);
    private static readonly TimeSpan PerStream = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MinGap = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxAtOnce = TimeSpan.FromSeconds(0.9);
    private const double PartOfDrain = 0.9;

    private readonly StreamClock _clock;

    public StreamSpread(StreamClock clock)
    {
        _clock = clock;
    }

    /// <summary>The ticks over which an event is written to a number of streams.</summary>
    public long Events(int streams) => _clock.Ticks(Min(PerStream * streams, MaxForEvents));

    /// <summary>The shortest time between two events of a stream, in ticks, so that writing them cannot take all the time there is.</summary>
    public long Gap(int streams) => Math.Max(_clock.Ticks(MinGap), Events(streams));

    /// <summary>The ticks over which a number of streams are ended.</summary>
    /// <param name="streams">The number of streams.</param>
    /// <param name="left">The time that there is; zero for as little as is reasonable.</param>
    public long Ends(int streams, TimeSpan left) => _clock.Ticks(left > TimeSpan.Zero ? left * PartOfDrain : Min(PerStream * streams, MaxAtOnce));

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
