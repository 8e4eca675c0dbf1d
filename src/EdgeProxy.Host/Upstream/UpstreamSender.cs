using System.Net;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream;

/// <summary>
/// Sends a request to the upstream: within a timeout, following redirects on the same host. Every failure becomes one kind
/// of exception, whose message is safe for a log.
/// </summary>
internal sealed class UpstreamSender
{
    private const int MaxRedirects = 5;

    private readonly HttpClient _client;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly ClockWatch _clock;

    public UpstreamSender(HttpClient client, UpstreamOptions options, TimeProvider time, ClockWatch clock)
    {
        _client = client;
        _clock = clock;
        _timeout = options.ApiPollTimeout;
        _time = time;
    }

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request; a redirect gets the same method and body, and the same keys.</param>
    /// <param name="read">Reads the answer, within the same timeout.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="UpstreamException">There was no answer, or it could not be read.</exception>
    public async Task<T> SendAsync<T>(UpstreamRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var limit = request.Timeout ?? _timeout;
        using var timeout = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var url = request.Url;
        try
        {
            for (var redirects = 0; redirects <= MaxRedirects; redirects++)
            {
                using var message = request.ToMessage(url);
                using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
                _clock.Note(response);
                if (!request.FollowsRedirects || !IsRedirect(response.StatusCode))
                {
                    return await read(response, either.Token);
                }

                url = RedirectTarget(url, response);
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UpstreamException(
                $"no answer within {limit.TotalSeconds} s{(request.Timeout is null ? " (raise api_poll_timeout_seconds if the API is slow)" : "")}", innerException: exception)
            {
                Url = url,
                Summary = $"no answer within {limit.TotalSeconds} s from {UpstreamUrl.Origin(url)}",
            };
        }
        catch (HttpRequestException exception)
        {
            throw ConnectionFailure.Of(exception, url);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or InvalidOperationException)
        {
            // The last one is thrown by Brotli.
            throw new UpstreamException("the answer broke off or could not be decoded", innerException: exception) { Url = url };
        }

        throw new UpstreamException($"redirected more than {MaxRedirects} times");
    }

    /// <summary>Describes an answer with an unexpected status.</summary>
    public UpstreamException UnexpectedStatus(HttpResponseMessage response) => StatusFailure.Of(response, RetryAfterOf(response));

    private static Uri RedirectTarget(Uri from, HttpResponseMessage response)
    {
        if (response.Headers.Location is not { } location || !Uri.TryCreate(from, location, out var target))
        {
            throw new UpstreamException("redirected to nowhere");
        }

        return SameOrigin.AllowsRedirect(from, target)
            ? target
            : throw new UpstreamException($"redirected to another host, {UpstreamUrl.Origin(target)}, which is not followed: it would be sent the key (correct api_url)");
    }

    /// <summary>
    /// The wait that an answer asks for, in seconds or as a date; null if there is none. A date is compared with the upstream's own
    /// time, since its clock may differ.
    /// </summary>
    public TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - (response.Headers.Date ?? _time.GetUtcNow()),
        _ => null,
    };

    private static bool IsRedirect(HttpStatusCode status) =>
        (int)status is 301 or 302 or 307 or 308;
}
