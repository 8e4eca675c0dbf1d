using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Metrics;

/// <summary>A block of counters for each endpoint that got a request; unused endpoints cost a reference.</summary>
internal sealed class EndpointCells
{
    private readonly Block?[] _blocks = new Block?[EndpointLabel.Limit];
    private readonly int _cellsPerEndpoint;

    /// <param name="cellsPerEndpoint">The size of a block in counters.</param>
    public EndpointCells(int cellsPerEndpoint)
    {
        _cellsPerEndpoint = cellsPerEndpoint;
    }

    /// <summary>The endpoints with counters, by number.</summary>
    public IEnumerable<EndpointLabel> Endpoints => _blocks.OfType<Block>().Select(static block => block.Endpoint);

    /// <summary>The counters of an endpoint; created at the first call.</summary>
    public StripedCells Of(EndpointLabel endpoint) => (Volatile.Read(ref _blocks[endpoint.Number]) ?? Create(endpoint)).Cells;

    /// <summary>The counters of an endpoint; null if it got no request.</summary>
    public StripedCells? Find(EndpointLabel endpoint) => Volatile.Read(ref _blocks[endpoint.Number])?.Cells;

    private Block Create(EndpointLabel endpoint)
    {
        var block = new Block(endpoint, new StripedCells(_cellsPerEndpoint));
        return Interlocked.CompareExchange(ref _blocks[endpoint.Number], block, comparand: null) ?? block;
    }

    private sealed record Block(EndpointLabel Endpoint, StripedCells Cells);
}
