using System.Buffers;
using System.Net;
using System.Text;
using EdgeProxy.Host.Configuration;
using Microsoft.IO;

namespace EdgeProxy.Host.Upstream;

/// <summary>
/// Fetches one page of a document: within a limit of time, following redirects on the same host, reading no more than
/// there is room for.
/// </summary>
internal sealed class PageFetcher
{
    private const int MostRedirects = 5;

    private readonly HttpClient _client;
    private readonly ProxyOptions _options;
    private readonly TimeProvider _time;
    private readonly RecyclableMemoryStreamManager _streams;

    public PageFetcher(HttpClient client, ProxyOptions options, TimeProvider time, RecyclableMemoryStreamManager streams)
    {
        _client = client;
        _options = options;
        _time = time;
        _streams = streams;
    }

    /// <summary>Fetches a page.</summary>
    /// <param name="url">Where from.</param>
    /// <param name="keys">The keys to fetch with.</param>
    /// <param name="conditions">What is loaded already.</param>
    /// <param name="room">How many bytes it may have.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="UpstreamException">It could not be had.</exception>
    public async Task<DocumentPage> FetchAsync(Uri url, FetchKeys keys, FetchConditions conditions, long room, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(_options.ApiPollTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            return await FollowAsync(url, keys, conditions, room, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new UpstreamException($"no answer within {_options.ApiPollTimeout.TotalSeconds} s", innerException: exception);
        }
        catch (HttpRequestException exception)
        {
            throw new UpstreamException($"the connection failed ({exception.HttpRequestError})", innerException: exception);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or InvalidOperationException)
        {
            // The last is what brotli throws.
            throw new UpstreamException("the answer broke off or could not be decoded", innerException: exception);
        }
    }

    private async Task<DocumentPage> FollowAsync(Uri url, FetchKeys keys, FetchConditions conditions, long room, CancellationToken cancellation)
    {
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("X-Environment-Key", keys.ServerSideKey);
            if (keys.ProxyKey is not null)
            {
                request.Headers.TryAddWithoutValidation("X-Proxy-Key", keys.ProxyKey);
            }

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

    private async Task<DocumentPage> ReadAsync(Uri url, HttpResponseMessage response, long room, CancellationToken cancellation)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                var content = await ReadContentAsync(response.Content, room, cancellation);
                return new DocumentPage(url, content, HeaderOf(response.Content.Headers, "Last-Modified"), HeaderOf(response.Headers, "ETag"), LinksOf(response));
            case HttpStatusCode.NotModified:
                return new DocumentPage(url, [], null, null, []) { IsNotModified = true };
            default:
                throw new UpstreamException(
                    $"it answered {(int)response.StatusCode}",
                    isRefused: response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden,
                    RetryAfterOf(response))
                {
                    IsOfConditions = response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.PreconditionFailed,
                };
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

    private static Uri RedirectTarget(Uri from, HttpResponseMessage response)
    {
        if (response.Headers.Location is not { } location || !Uri.TryCreate(from, location, out var target))
        {
            throw new UpstreamException("it redirected to nowhere");
        }

        return SameOrigin.AllowsRedirect(from, target)
            ? target
            : throw new UpstreamException("it redirected to another host, which is not followed");
    }

    /// <summary>In seconds or as a date; a date is compared with the upstream's own, since its clock may differ.</summary>
    private TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - (response.Headers.Date ?? _time.GetUtcNow()),
        _ => null,
    };

    private static bool IsRedirect(HttpStatusCode status) =>
        (int)status is 301 or 302 or 307 or 308;

    /// <summary>A header that is to be sent back; what is more than ASCII would not get through everywhere.</summary>
    private static string? HeaderOf(System.Net.Http.Headers.HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) && values.ToString() is var value && Ascii.IsValid(value) ? value : null;

    private static IReadOnlyList<string> LinksOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Link", out var values) ? [.. values] : [];
}
