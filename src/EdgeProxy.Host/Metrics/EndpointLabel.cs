namespace EdgeProxy.Host.Metrics;

/// <summary>The label of an endpoint in metrics: an index for counters, and the value of the label <c>endpoint</c>.</summary>
/// <param name="Number">The number, unique among all endpoints, below <see cref="Limit"/>.</param>
/// <param name="Name">The value of the label.</param>
/// <param name="IsSheddable">True if the load shedder may reject its requests.</param>
internal sealed record EndpointLabel(int Number, string Name, bool IsSheddable)
{
    /// <summary>The number of endpoints that counters have room for.</summary>
    public const int Limit = 64;
}
