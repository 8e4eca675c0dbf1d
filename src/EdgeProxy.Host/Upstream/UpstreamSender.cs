using System.Net;

namespace EdgeProxy.Host.Upstream;

/// <summary>
/// Asks the upstream one thing: within a limit of time, following redirects on the same host. Whatever goes wrong on the
/// way comes out as one kind of exception, in words fit for a log.
/// </summary>
internal sealed class UpstreamSender
{
    private const int MaxRedirects = 5;

    private readonly HttpClient _client;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    public UpstreamSender(HttpClient client, UpstreamOptions options, TimeProvider time)
    {
        _client = client;
        _timeout = options.ApiPollTimeout;
        _time = time;
    }

    /// <summary>Asks.</summary>
    /// <param name="request">What to ask; a redirect gets the same method and body, and the same keys.</param>
    /// <param name="read">Takes the answer, within the same limit of time.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="UpstreamException">There was no answer, or none that could be read.</exception>
    public async Task<T> SendAsync<T>(UpstreamRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await FollowAsync(request, read, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UpstreamException($"no answer within {_timeout.TotalSeconds} s", innerException: exception);
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

    /// <summary>What is wrong with an answer that has another status than was hoped for.</summary>
    public UpstreamException UnexpectedStatus(HttpResponseMessage response) => new(
        $"it answered {(int)response.StatusCode}",
        isRefused: response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden,
        RetryAfterOf(response))
    {
        AreConditionsRejected = response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.PreconditionFailed,
    };

    private async Task<T> FollowAsync<T>(UpstreamRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var url = request.Url;
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            using var message = request.ToMessage(url);
            using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!IsRedirect(response.StatusCode))
            {
                return await read(response, cancellationToken);
            }

            url = RedirectTarget(url, response);
        }

        throw new UpstreamException($"it redirected more than {MaxRedirects} times");
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
}
