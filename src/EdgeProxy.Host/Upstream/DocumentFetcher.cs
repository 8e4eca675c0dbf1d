using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream;

/// <summary>
/// Fetches one environment's document (docs/spec/upstream-api.md 2): conditionally, with the overrides of all its pages, within
/// limits of time and size.
/// </summary>
internal sealed class DocumentFetcher : IDocumentSource
{
    private const int MaxPages = 1000;
    private const int MaxAttempts = 3;

    private readonly PageFetcher _pages;
    private readonly long _maxBytes;
    private readonly Uri _documentUrl;

    public DocumentFetcher(PageFetcher pages, UpstreamOptions options, DocumentOptions limits)
    {
        _pages = pages;
        _maxBytes = limits.MaxDocumentBytes;
        _documentUrl = options.UrlOf("environment-document/");
    }

    /// <inheritdoc/>
    public Uri Url => _documentUrl;

    /// <inheritdoc/>
    public async Task<FetchedDocument?> FetchAsync(FetchKeys keys, FetchConditions conditions, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (first, pages) = await FetchPagesAsync(keys, conditions, cancellationToken);
            if (pages.Count == 0)
            {
                return null;
            }

            // In the end a mixture is better than nothing new while the document keeps changing: every override is complete
            // in itself.
            var areOne = PageVersions.AreOne(pages);
            if (areOne || attempt == MaxAttempts)
            {
                var content = pages.Count == 1 ? first.Content : DocumentPages.Merge(pages);
                return new FetchedDocument(content, first.LastModified, first.EntityTag) { Date = first.Date, IsOfOneVersion = areOne };
            }
        }
    }

    /// <summary>Fetches the first page and all that follow; none if it was not modified.</summary>
    private async Task<(DocumentPage First, List<byte[]> Pages)> FetchPagesAsync(FetchKeys keys, FetchConditions conditions, CancellationToken cancellationToken)
    {
        var first = await _pages.FetchAsync(_documentUrl, keys, conditions, _maxBytes, cancellationToken);
        if (first.IsNotModified && Validators.IsOlder(first, conditions))
        {
            // Not the current document: a restored database, or an upstream that is behind.
            conditions = FetchConditions.None;
            first = await _pages.FetchAsync(_documentUrl, keys, conditions, _maxBytes, cancellationToken);
        }

        if (first.IsNotModified)
        {
            return conditions == FetchConditions.None
                ? throw new UpstreamException("returned HTTP 304 although nothing is loaded")
                : (first, []);
        }

        var pages = new List<byte[]> { first.Content };
        var size = (long)first.Content.Length;
        var seen = new HashSet<Uri> { _documentUrl };
        var next = NextPage(first);
        while (next is not null)
        {
            if (!seen.Add(next) || pages.Count == MaxPages)
            {
                throw new UpstreamException(pages.Count == MaxPages ? $"it has more than {MaxPages} pages" : "its pages go in a circle");
            }

            // Conditions refer to the document, not to its further pages.
            var page = await _pages.FetchAsync(next, keys, FetchConditions.None, _maxBytes - size, cancellationToken);
            if (page.IsNotModified)
            {
                throw new UpstreamException("returned HTTP 304 for a further page");
            }

            pages.Add(page.Content);
            size += page.Content.Length;
            next = NextPage(page);
        }

        return (first, pages);
    }

    private static Uri? NextPage(DocumentPage page)
    {
        var target = LinkHeader.FindNext(page.Links);
        if (target is null)
        {
            return null;
        }

        if (!Uri.TryCreate(page.Url, target, out var next))
        {
            throw new UpstreamException("its link to the next page is not an address");
        }

        return SameOrigin.AllowsLink(page.Url, next) ? next : throw new UpstreamException("its link to the next page leads to another origin");
    }
}
