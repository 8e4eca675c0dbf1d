using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Upstream.Failures;
using Microsoft.IO;

namespace EdgeProxy.Host.Upstream;

/// <summary>Fetches one page of a document, or another resource of one page, within a size limit.</summary>
internal sealed class PageFetcher
{
    private readonly UpstreamSender _sender;
    private readonly DocumentOptions _options;
    private readonly RecyclableMemoryStreamManager _streams;

    public PageFetcher(UpstreamSender sender, DocumentOptions options, RecyclableMemoryStreamManager streams)
    {
        _sender = sender;
        _options = options;
        _streams = streams;
    }

    /// <summary>Fetches a page.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="keys">The keys to fetch with.</param>
    /// <param name="conditions">The conditions from the current document.</param>
    /// <param name="room">The maximum size in bytes.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="UpstreamException">The fetch failed.</exception>
    public Task<DocumentPage> FetchAsync(Uri url, FetchKeys keys, FetchConditions conditions, long room, CancellationToken cancellationToken)
    {
        var request = new UpstreamRequest(HttpMethod.Get, url)
        {
            Headers =
            [
                ("X-Environment-Key", keys.ServerSideKey),
                ("X-Proxy-Key", keys.ProxyKey),
                ("If-Modified-Since", conditions.IfModifiedSince),
                ("If-None-Match", conditions.IfNoneMatch),
            ],
        };
        return _sender.SendAsync(request, (response, limit) => ReadAsync(response, room, limit), cancellationToken);
    }

    private async Task<DocumentPage> ReadAsync(HttpResponseMessage response, long room, CancellationToken cancellationToken)
    {
        var url = response.RequestMessage!.RequestUri!;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                var content = await ReadContentAsync(response.Content, room, cancellationToken);
                return new DocumentPage(url, content, HeaderOf(response.Content.Headers, "Last-Modified"), HeaderOf(response.Headers, "ETag"), LinksOf(response))
                {
                    Date = response.Headers.Date,
                };
            case HttpStatusCode.NotModified:
                return new DocumentPage(url, [], HeaderOf(response.Content.Headers, "Last-Modified"), null, []) { IsNotModified = true };
            default:
                throw _sender.UnexpectedStatus(response);
        }
    }

    private async Task<byte[]> ReadContentAsync(HttpContent content, long room, CancellationToken cancellationToken)
    {
        await using var source = await content.ReadAsStreamAsync(cancellationToken);
        await using var target = _streams.GetStream();
        while (true)
        {
            var read = await source.ReadAsync(target.GetMemory(), cancellationToken);
            if (read == 0)
            {
                return target.GetReadOnlySequence().ToArray();
            }

            target.Advance(read);
            if (target.Length > room)
            {
                throw new UpstreamException($"the document is larger than {_options.MaxDocumentBytes} bytes (raise limits.max_document_bytes if it has to be)");
            }
        }
    }

    /// <summary>Returns a header that will be sent back, unless it is more than ASCII, which not every hop accepts.</summary>
    private static string? HeaderOf(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) && values.ToString() is var value && Ascii.IsValid(value) ? value : null;

    private static IReadOnlyList<string> LinksOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Link", out var values) ? [.. values] : [];
}
