using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Metrics;

/// <summary>What is counted of the server as a whole.</summary>
internal sealed class ServerMetrics
{
    private readonly StripedCells _shed = new(1);

    public ServerMetrics(TimeProvider time)
    {
        Durations = new RequestDurations(time);
    }

    /// <summary>The requests that are of no environment that is known.</summary>
    public RequestCounts Requests { get; } = new();

    /// <summary>How long all requests took.</summary>
    public RequestDurations Durations { get; }

    /// <summary>How many requests were rejected under overload.</summary>
    public long ShedRequests => _shed.Sum(0);

    /// <summary>Counts a request that is rejected under overload. Allocates nothing, and waits for nothing.</summary>
    public void RequestsShed() => _shed.Add(0, 1);
}
