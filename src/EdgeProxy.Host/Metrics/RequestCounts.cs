using EdgeProxy.Host.Common;
using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Metrics;

/// <summary>Requests by endpoint and status.</summary>
internal sealed class RequestCounts
{
    private readonly StripedCells _cells;
    private readonly SdkEndpoint _first;

    /// <param name="first">The first endpoint that is counted.</param>
    /// <param name="last">The last.</param>
    public RequestCounts(SdkEndpoint first, SdkEndpoint last)
    {
        _first = first;
        _cells = new StripedCells((last - first + 1) * RequestStatuses.Names.Length);
    }

    /// <summary>Counts a request.</summary>
    /// <param name="endpoint">Where it went.</param>
    /// <param name="status">What it was answered with.</param>
    public void Count(SdkEndpoint endpoint, int status) =>
        _cells.Add(((endpoint - _first) * RequestStatuses.Names.Length) + RequestStatuses.NumberOf(status), 1);

    /// <summary>How many went to an endpoint and were answered with a status.</summary>
    public long Of(SdkEndpoint endpoint, int status) =>
        _cells.Sum(((endpoint - _first) * RequestStatuses.Names.Length) + RequestStatuses.NumberOf(status));

    /// <summary>What was counted at all, by endpoint and the name of the status.</summary>
    public IEnumerable<(SdkEndpoint Endpoint, string Status, long Count)> All()
    {
        for (var i = 0; i < _cells.Count; i++)
        {
            if (_cells.Sum(i) is > 0 and var count)
            {
                var (endpoint, status) = Math.DivRem(i, RequestStatuses.Names.Length);
                yield return (_first + endpoint, RequestStatuses.Names[status], count);
            }
        }
    }
}
