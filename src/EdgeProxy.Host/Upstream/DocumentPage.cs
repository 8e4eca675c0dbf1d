namespace EdgeProxy.Host.Upstream;

/// <summary>One page of a document, as it was fetched.</summary>
/// <param name="Url">The URL after redirects; links are relative to it.</param>
/// <param name="Content">The body.</param>
/// <param name="LastModified">The upstream's own <c>Last-Modified</c>, if it gave one.</param>
/// <param name="EntityTag">The upstream's <c>ETag</c>, if it gave one.</param>
/// <param name="Links">Its <c>Link</c> headers.</param>
internal sealed record DocumentPage(Uri Url, byte[] Content, string? LastModified, string? EntityTag, IReadOnlyList<string> Links)
{
    /// <summary>The upstream's own time when it answered; null if it did not say.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Indicates whether the upstream reported the current document unchanged; there is no content then.</summary>
    public bool IsNotModified { get; init; }
}
