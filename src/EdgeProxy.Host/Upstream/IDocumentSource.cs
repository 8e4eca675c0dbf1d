using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Upstream;

/// <summary>Fetches documents from an upstream.</summary>
internal interface IDocumentSource
{
    /// <summary>The URL of documents.</summary>
    Uri Url { get; }

    /// <summary>Fetches the document, unless it is unchanged.</summary>
    /// <param name="keys">The keys to fetch with.</param>
    /// <param name="conditions">The conditions from the current document.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The document; null if it was not modified.</returns>
    /// <exception cref="Failures.UpstreamException">The fetch failed.</exception>
    Task<FetchedDocument?> FetchAsync(FetchKeys keys, FetchConditions conditions, CancellationToken cancellationToken);
}
