using System.Numerics;

namespace EdgeProxy.Host.Common;

/// <summary>
/// Numbers that all threads add to, a few together. Each processor has cells of its own, far enough from those of others
/// that no cache line is shared: adding contends with nothing, and nothing added is lost. Reading sums them up.
/// </summary>
internal sealed class StripedCells
{
    // Two lines of 64 bytes: processors fetch them in pairs.
    private const int CellsPerPair = 128 / sizeof(long);
    private const int CellsPerLine = 64 / sizeof(long);

    private static readonly int StripeMask = (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount) - 1;

    private readonly long[] _cells;
    private readonly int _stride;

    /// <param name="count">The number of counters.</param>
    public StripedCells(int count)
    {
        // The array does not begin at a line's beginning, so a line is left free behind each stripe; and a pair before the
        // first one: before that is the array's length, which everybody reads.
        _stride = (count + (CellsPerLine - 1) + (CellsPerPair - 1)) / CellsPerPair * CellsPerPair;
        _cells = new long[CellsPerPair + ((StripeMask + 1) * _stride)];
        Count = count;
    }

    /// <summary>The number of counters.</summary>
    public int Count { get; }

    /// <summary>
    /// Adds to a number. Atomic, although hardly anybody else is there: the thread may move to another processor, or two
    /// share a stripe.
    /// </summary>
    public void Add(int number, long amount)
    {
        var stripe = Thread.GetCurrentProcessorId() & StripeMask;
        Interlocked.Add(ref _cells[CellsPerPair + (stripe * _stride) + number], amount);
    }

    /// <summary>The current value of a counter.</summary>
    public long Sum(int number)
    {
        var sum = 0L;
        for (var cell = CellsPerPair + number; cell < _cells.Length; cell += _stride)
        {
            sum += Interlocked.Read(ref _cells[cell]);
        }

        return sum;
    }

    /// <summary>Takes what was added to a number; it goes on from zero.</summary>
    public long Take(int number)
    {
        var sum = 0L;
        for (var cell = CellsPerPair + number; cell < _cells.Length; cell += _stride)
        {
            sum += Interlocked.Exchange(ref _cells[cell], 0);
        }

        return sum;
    }
}
