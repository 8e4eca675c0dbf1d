namespace EdgeProxy.Host.Metrics;

/// <summary>Requests by endpoint and status.</summary>
internal sealed class RequestCounts
{
    private readonly EndpointCells _cells = new(RequestStatuses.Names.Length);

    /// <summary>Counts a request.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="status">The status of the answer.</param>
    public void Count(EndpointLabel endpoint, int status) => _cells.Of(endpoint).Add(RequestStatuses.NumberOf(status), 1);

    /// <summary>The number of requests to an endpoint that were answered with a status.</summary>
    public long Of(EndpointLabel endpoint, int status) => _cells.Find(endpoint)?.Sum(RequestStatuses.NumberOf(status)) ?? 0;

    /// <summary>The same by the name of the endpoint.</summary>
    public long Of(string endpoint, int status) =>
        _cells.Endpoints.FirstOrDefault(label => label.Name == endpoint) is { } label ? Of(label, status) : 0;

    /// <summary>The number of all requests.</summary>
    public long Total() => All().Sum(static one => one.Count);

    /// <summary>All counts above zero, by endpoint and the name of the status.</summary>
    public IEnumerable<(EndpointLabel Endpoint, string Status, long Count)> All() =>
        from endpoint in _cells.Endpoints
        let cells = _cells.Of(endpoint)
        from status in Enumerable.Range(0, RequestStatuses.Names.Length)
        let count = cells.Sum(status)
        where count > 0
        select (endpoint, RequestStatuses.Names[status], count);
}
