namespace EdgeProxy.Host.Metrics;

/// <summary>The event streams of one environment, by kind.</summary>
internal sealed class StreamCounts
{
    private static readonly int KindCount = Enum.GetValues<StreamKind>().Length;

    private readonly long[] _open = new long[KindCount];
    private readonly long[] _events = new long[KindCount];

    /// <summary>The number of open streams.</summary>
    public long Open(StreamKind kind) => Interlocked.Read(ref _open[(int)kind]);

    /// <summary>The number of events written since the start.</summary>
    public long Events(StreamKind kind) => Interlocked.Read(ref _events[(int)kind]);

    /// <summary>Counts an opened stream.</summary>
    public void Opened(StreamKind kind) => Interlocked.Increment(ref _open[(int)kind]);

    /// <summary>Counts a closed stream.</summary>
    public void Closed(StreamKind kind) => Interlocked.Decrement(ref _open[(int)kind]);

    /// <summary>Counts a written event.</summary>
    public void Written(StreamKind kind) => Interlocked.Increment(ref _events[(int)kind]);
}
