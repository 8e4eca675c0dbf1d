namespace EdgeProxy.Host.Upstream;

/// <summary>A fetched document, all pages joined.</summary>
/// <param name="Content">JSON in UTF-8, not validated yet.</param>
/// <param name="LastModified">The upstream's <c>Last-Modified</c>, if it sent one.</param>
/// <param name="EntityTag">The upstream's <c>ETag</c>, if it sent one.</param>
internal sealed record FetchedDocument(byte[] Content, string? LastModified, string? EntityTag)
{
    /// <summary>The upstream's time of the answer; null if it sent none.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>
    /// Indicates whether all pages are of one version; if not, the document changed between its pages in every attempt.
    /// </summary>
    public bool IsOfOneVersion { get; init; } = true;
}
