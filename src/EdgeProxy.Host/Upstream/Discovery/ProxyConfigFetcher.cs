using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream.Discovery;

/// <summary>Fetches the proxy config: the environments to serve, and their keys (docs/spec/upstream-api.md 4.1).</summary>
internal sealed class ProxyConfigFetcher
{
    private readonly PageFetcher _pages;
    private readonly FetchKeys _keys;
    private readonly long _maxBytes;
    private readonly Uri _url;

    public ProxyConfigFetcher(PageFetcher pages, UpstreamOptions options, DocumentOptions limits)
    {
        _pages = pages;
        _keys = new FetchKeys(ServerSideKey: null, options.ProxyKey);
        _maxBytes = limits.MaxDocumentBytes;
        _url = options.UrlOf("proxy/config/");
    }

    /// <summary>The URL of the config.</summary>
    public Uri Url => _url;

    /// <summary>Fetches the config, unless it is unchanged.</summary>
    /// <param name="entityTag">The entity tag of the current one; null if there is none.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The config, not validated yet; null if it was not modified.</returns>
    /// <exception cref="UpstreamException">The fetch failed.</exception>
    public async Task<FetchedDocument?> FetchAsync(string? entityTag, CancellationToken cancellationToken)
    {
        // Not by date: within a second a key can be revoked twice.
        var page = await _pages.FetchAsync(_url, _keys, new FetchConditions(IfModifiedSince: null, entityTag), _maxBytes, cancellationToken);
        if (!page.IsNotModified)
        {
            return new FetchedDocument(page.Content, page.LastModified, page.EntityTag);
        }

        return entityTag is null ? throw new UpstreamException("returned HTTP 304 although nothing is loaded") : null;
    }
}
