using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Http;

/// <summary>Names the document that an answer is made from, in its headers and for the access log.</summary>
internal static class DocumentHeaders
{
    /// <summary>Names a document, instead of one that was named before.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="document">The document.</param>
    /// <param name="options">The options of the header with the revision.</param>
    public static void Set(Exchange exchange, PublishedDocument document, RevisionOptions options)
    {
        exchange.Revision = document.Version;
        exchange.ResponseHeaders[SdkHeaders.DocumentUpdatedAt] = document.UpdatedAtHeader; // none if there is no time
        if (options.IsSent)
        {
            exchange.ResponseHeaders[SdkHeaders.Revision] = document.Version;
        }
    }
}
