namespace EdgeProxy.Host.Upstream;

/// <summary>A fetched page of a document.</summary>
/// <param name="Url">The URL after redirects; links are relative to it.</param>
/// <param name="Content">The body.</param>
/// <param name="LastModified">The upstream's <c>Last-Modified</c>, if it sent one.</param>
/// <param name="EntityTag">The upstream's <c>ETag</c>, if it sent one.</param>
/// <param name="Links">Its <c>Link</c> headers.</param>
internal sealed record DocumentPage(Uri Url, byte[] Content, string? LastModified, string? EntityTag, IReadOnlyList<string> Links)
{
    /// <summary>The upstream's time of the answer; null if it sent none.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Indicates whether the upstream reported the current document unchanged; there is no content then.</summary>
    public bool IsNotModified { get; init; }
}
