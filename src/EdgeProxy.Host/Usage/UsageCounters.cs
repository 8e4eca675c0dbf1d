using EdgeProxy.Host.Common;
using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Usage;

/// <summary>Counts the requests of one environment, for its report.</summary>
internal sealed class UsageCounters
{
    /// <summary>How many things are counted.</summary>
    public const int ResourceCount = 3;

    private readonly StripedCells _cells = new(ResourceCount);

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
    public long Take(UsageResource resource) => _cells.Take((int)resource);

    private void Count(UsageResource resource) => _cells.Add((int)resource, 1);
}
