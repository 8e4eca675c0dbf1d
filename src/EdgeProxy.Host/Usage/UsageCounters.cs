using System.Numerics;
using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Usage;

/// <summary>
/// Counts the requests of one environment. Each processor has cells of its own, far enough from those of others that no
/// cache line is shared: counting contends with nothing, and nothing counted is lost.
/// </summary>
internal sealed class UsageCounters
{
    /// <summary>How many things are counted.</summary>
    public const int ResourceCount = 3;

    // Two lines of 64 bytes: processors fetch them in pairs.
    private const int CellsPerStripe = 128 / sizeof(long);

    private static readonly int StripeMask = (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount) - 1;

    // The first stripe stays empty: before it is the array's length, which everybody reads.
    private readonly long[] _cells = new long[(StripeMask + 2) * CellsPerStripe];

    /// <summary>Counts a request.</summary>
    /// <param name="endpoint">Where it goes; what belongs to no resource is not counted.</param>
    public void Count(SdkEndpoint endpoint)
    {
        switch (endpoint)
        {
            case SdkEndpoint.Flags:
                Count(UsageResource.Flags);
                break;
            case SdkEndpoint.Identities:
                Count(UsageResource.Identities);
                break;
            case SdkEndpoint.EnvironmentDocument:
                Count(UsageResource.EnvironmentDocument);
                break;
        }
    }

    /// <summary>Takes what was counted; counting goes on from zero.</summary>
    public long Take(UsageResource resource)
    {
        var sum = 0L;
        for (var cell = CellsPerStripe + (int)resource; cell < _cells.Length; cell += CellsPerStripe)
        {
            sum += Interlocked.Exchange(ref _cells[cell], 0);
        }

        return sum;
    }

    /// <summary>Atomic, although hardly anybody else is there: the thread may move to another processor, or two share a stripe.</summary>
    private void Count(UsageResource resource)
    {
        var stripe = 1 + (Thread.GetCurrentProcessorId() & StripeMask);
        Interlocked.Increment(ref _cells[(stripe * CellsPerStripe) + (int)resource]);
    }
}
