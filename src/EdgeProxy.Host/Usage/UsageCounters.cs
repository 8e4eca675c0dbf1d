using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Usage;

/// <summary>Counts the requests of one environment for usage reports.</summary>
internal sealed class UsageCounters
{
    /// <summary>The number of counted resources.</summary>
    public const int ResourceCount = 3;

    private readonly StripedCells _cells = new(ResourceCount);

    /// <summary>Counts a request.</summary>
    public void Count(UsageResource resource) => _cells.Add((int)resource, 1);

    /// <summary>Returns the counts and resets them to zero.</summary>
    public long Take(UsageResource resource) => _cells.Take((int)resource);
}
