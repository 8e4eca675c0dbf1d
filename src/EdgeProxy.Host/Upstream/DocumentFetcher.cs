using System.Buffers;
using System.Net;
using EdgeProxy.Host.Configuration;
using Microsoft.IO;

namespace EdgeProxy.Host.Upstream;

/// <summary>
/// Fetches one environment's document (upstream-api.md): conditionally, following redirects on the same host and links
/// to further pages, within limits of time and size.
/// </summary>
internal sealed class DocumentFetcher
{
    private const int MostRedirects = 5;
    private const int MostPages = 1000;

    private readonly HttpClient _client;
    private readonly ProxyOptions _options;
    private readonly TimeProvider _time;
    private readonly RecyclableMemoryStreamManager _streams;
    private readonly Uri _documentUrl;

    public DocumentFetcher(HttpClient client, ProxyOptions options, TimeProvider time, RecyclableMemoryStreamManager streams)
    {
        _client = client;
        _options = options;
        _time = time;
        _streams = streams;
        _documentUrl = new Uri($"{options.ApiUrl.AbsoluteUri.TrimEnd('/')}/environment-document/");
    }

    /// <summary>Fetches the document, if it is another than the conditions say.</summary>
    /// <param name="serverSideKey">The key to fetch with.</param>
    /// <param name="conditions">What is loaded already.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The document; null if it was not modified.</returns>
    /// <exception cref="UpstreamException">It could not be had.</exception>
    public async Task<FetchedDocument?> FetchAsync(string serverSideKey, FetchConditions conditions, CancellationToken cancellation)
    {
        var first = await FetchPageAsync(_documentUrl, serverSideKey, conditions, _options.MaxDocumentBytes, cancellation);
        if (first.IsNotModified)
        {
            return conditions == FetchConditions.None
                ? throw new UpstreamException("it answered 304 although nothing is loaded")
                : null;
        }

        var pages = new List<byte[]> { first.Content };
        var size = (long)first.Content.Length;
        var seen = new HashSet<Uri> { _documentUrl };
        var next = NextPage(first);
        while (next is not null)
        {
            if (!seen.Add(next) || pages.Count == MostPages)
            {
                throw new UpstreamException(pages.Count == MostPages ? $"it has more than {MostPages} pages" : "its pages go in a circle");
            }

            // Conditions are about the document, not about its further pages.
            var page = await FetchPageAsync(next, serverSideKey, FetchConditions.None, _options.MaxDocumentBytes - size, cancellation);
            if (page.IsNotModified)
            {
                throw new UpstreamException("it answered 304 for a further page");
            }

            pages.Add(page.Content);
            size += page.Content.Length;
            next = NextPage(page);
        }

        var content = pages.Count == 1 ? first.Content : DocumentPages.Merge(pages);
        return new FetchedDocument(content, first.LastModified, first.EntityTag);
    }

    private async Task<Page> FetchPageAsync(Uri url, string key, FetchConditions conditions, long room, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(_options.ApiPollTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            return await FollowAsync(url, key, conditions, room, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new UpstreamException($"no answer within {_options.ApiPollTimeout.TotalSeconds} s", innerException: exception);
        }
        catch (HttpRequestException exception)
        {
            throw new UpstreamException($"the connection failed ({exception.HttpRequestError})", innerException: exception);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw new UpstreamException("the answer broke off or could not be decoded", innerException: exception);
        }
    }

    private async Task<Page> FollowAsync(Uri url, string key, FetchConditions conditions, long room, CancellationToken cancellation)
    {
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("X-Environment-Key", key);
            request.Headers.TryAddWithoutValidation("Accept", "application/json");
            if (conditions.IfModifiedSince is not null)
            {
                request.Headers.TryAddWithoutValidation("If-Modified-Since", conditions.IfModifiedSince);
            }

            if (conditions.IfNoneMatch is not null)
            {
                request.Headers.TryAddWithoutValidation("If-None-Match", conditions.IfNoneMatch);
            }

            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (IsRedirect(response.StatusCode))
            {
                url = RedirectTarget(url, response);
                continue;
            }

            return await ReadAsync(url, response, room, cancellation);
        }

        throw new UpstreamException($"it redirected more than {MostRedirects} times");
    }

    private async Task<Page> ReadAsync(Uri url, HttpResponseMessage response, long room, CancellationToken cancellation)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                var content = await ReadContentAsync(response.Content, room, cancellation);
                return new Page(url, content, HeaderOf(response.Content.Headers, "Last-Modified"), HeaderOf(response.Headers, "ETag"), LinksOf(response));
            case HttpStatusCode.NotModified:
                return new Page(url, [], null, null, []) { IsNotModified = true };
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                throw new UpstreamException($"it answered {(int)response.StatusCode}", isRefused: true);
            default:
                throw new UpstreamException($"it answered {(int)response.StatusCode}");
        }
    }

    private async Task<byte[]> ReadContentAsync(HttpContent content, long room, CancellationToken cancellation)
    {
        await using var source = await content.ReadAsStreamAsync(cancellation);
        await using var target = _streams.GetStream();
        while (true)
        {
            var read = await source.ReadAsync(target.GetMemory(), cancellation);
            if (read == 0)
            {
                return target.GetReadOnlySequence().ToArray();
            }

            target.Advance(read);
            if (target.Length > room)
            {
                throw new UpstreamException($"the document is larger than {_options.MaxDocumentBytes} bytes");
            }
        }
    }

    private static Uri? NextPage(Page page)
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

        return IsSameOrigin(page.Url, next) ? next : throw new UpstreamException("its link to the next page leads to another origin");
    }

    private static Uri RedirectTarget(Uri from, HttpResponseMessage response)
    {
        if (response.Headers.Location is not { } location || !Uri.TryCreate(from, location, out var target))
        {
            throw new UpstreamException("it redirected to nowhere");
        }

        var isUpgrade = from.Scheme == Uri.UriSchemeHttp && target.Scheme == Uri.UriSchemeHttps
            && string.Equals(from.Host, target.Host, StringComparison.OrdinalIgnoreCase);
        return isUpgrade || IsSameOrigin(from, target)
            ? target
            : throw new UpstreamException("it redirected to another host, which is not followed");
    }

    private static bool IsSameOrigin(Uri left, Uri right) =>
        left.Scheme == right.Scheme && left.Port == right.Port && string.Equals(left.Host, right.Host, StringComparison.OrdinalIgnoreCase);

    private static bool IsRedirect(HttpStatusCode status) =>
        (int)status is 301 or 302 or 307 or 308;

    private static string? HeaderOf(System.Net.Http.Headers.HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static IReadOnlyList<string> LinksOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Link", out var values) ? [.. values] : [];

    private sealed record Page(Uri Url, byte[] Content, string? LastModified, string? EntityTag, IReadOnlyList<string> Links)
    {
        public bool IsNotModified { get; init; }
    }
}
