using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Upstream;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Tests.Fleet.Simulation;

/// <summary>The upstream as one member reaches it, over the network.</summary>
internal sealed class SimulatedSource : IDocumentSource
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly SimulatedWorld _world;
    private readonly SimulatedLink _link;

    public SimulatedSource(SimulatedWorld world, SimulatedLink link)
    {
        _world = world;
        _link = link;
    }

    /// <inheritdoc/>
    public Uri Url { get; } = new("https://simulated/api/v1/environment-document/");

    /// <inheritdoc/>
    public async Task<FetchedDocument?> FetchAsync(FetchKeys keys, FetchConditions conditions, CancellationToken cancellationToken)
    {
        try
        {
            var edition = await _world.Network.AskAsync(_link, () =>
            {
                var answer = _world.Upstream.Answer();
                return _world.Upstream.IsDown ? throw new UpstreamException("returned HTTP 503") : Task.FromResult(answer);
            }).WaitAsync(Timeout, _world.Time, cancellationToken);
            var tag = $"\"{edition.Revision}\"";
            return conditions.IfNoneMatch == tag ? null : new FetchedDocument(edition.Content, LastModified: null, tag);
        }
        catch (TimeoutException)
        {
            throw new UpstreamException("no answer within 5 s");
        }
    }
}
