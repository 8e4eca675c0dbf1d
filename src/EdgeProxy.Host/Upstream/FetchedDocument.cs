namespace EdgeProxy.Host.Upstream;

/// <summary>A document as it was fetched, all pages in one.</summary>
/// <param name="Content">JSON in UTF-8, not looked at yet.</param>
/// <param name="LastModified">The upstream's own <c>Last-Modified</c>, if it gave one.</param>
/// <param name="EntityTag">The upstream's <c>ETag</c>, if it gave one.</param>
internal sealed record FetchedDocument(byte[] Content, string? LastModified, string? EntityTag)
{
    /// <summary>The upstream's own time when it answered; null if it did not say.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>
    /// Indicates whether all pages are of one version; if not, the document changed between its pages in every attempt.
    /// </summary>
    public bool IsOfOneVersion { get; init; } = true;
}
