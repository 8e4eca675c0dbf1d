using System.Numerics;

namespace EdgeProxy.Host.Common;

/// <summary>
/// Counters that all threads increment. Each processor has cells of its own, far enough from those of others that no cache
/// line is shared: increments do not contend, and none is lost. Reading sums them up.
/// </summary>
internal sealed class StripedCells
{
    // Two cache lines of 64 bytes: processors fetch them in pairs.
    private const int CellsPerPair = 128 / sizeof(long);
    private const int CellsPerLine = 64 / sizeof(long);

    private static readonly int StripeMask = (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount) - 1;

    private readonly long[] _cells;
    private readonly int _stride;

    /// <param name="count">The number of counters.</param>
    public StripedCells(int count)
    {
        // The array does not begin at a cache line, so a line is left free behind each stripe; and a pair before the first
        // one, where the array's length is, which all threads read.
        _stride = (count + (CellsPerLine - 1) + (CellsPerPair - 1)) / CellsPerPair * CellsPerPair;
        _cells = new long[CellsPerPair + ((StripeMask + 1) * _stride)];
        Count = count;
    }

    /// <summary>The number of counters.</summary>
    public int Count { get; }

    /// <summary>
    /// Adds to a counter. Atomic, although contention is rare: the thread may move to another processor, or two processors
    /// may share a stripe.
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

    /// <summary>Returns the value of a counter and resets it to zero.</summary>
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
