using System.Net.Http.Headers;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>One of the two servers.</summary>
internal sealed class ComparedServer : IDisposable
{
    private const string ApiPath = "/api/v1";
    private const int MaxAttempts = 3;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxRetry = TimeSpan.FromSeconds(30);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _client;
    private readonly string _key;
    private readonly Pace _pace;

    /// <param name="url">The address, with or without <c>/api/v1</c>.</param>
    /// <param name="key">The environment key to ask with.</param>
    /// <param name="client">The client; disposed of with the server.</param>
    /// <param name="pace">The pace of requests to this server.</param>
    public ComparedServer(Uri url, string key, HttpClient client, Pace pace)
    {
        Url = new Uri(url.AbsolutePath == "/" ? new Uri(url, $"{ApiPath}/").AbsoluteUri : $"{url.AbsoluteUri.TrimEnd('/')}/");
        _key = key;
        _client = client;
        _pace = pace;
    }

    /// <summary>The base of the paths, with a slash at the end.</summary>
    public Uri Url { get; }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>Asks a question, in turn. An overloaded server is given time, and asked again.</summary>
    /// <exception cref="CompareException">There is no answer.</exception>
    public async Task<FlagsAnswer> AskAsync(Question question, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await _pace.WaitAsync(cancellationToken);
            try
            {
                var answer = await SendAsync(question, cancellationToken);
                if (!answer.IsOverload || attempt == MaxAttempts)
                {
                    return answer;
                }

                var pause = answer.RetryAfter is { } asked && asked > Retry ? asked : Retry;
                _pace.Pause(pause < MaxRetry ? pause : MaxRetry);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                if (attempt == MaxAttempts)
                {
                    throw new CompareException(Describe(exception), exception);
                }

                _pace.Pause(Retry);
            }
        }
    }

    /// <summary>Fetches the document of the environment.</summary>
    /// <param name="serverSideKey">The server-side key.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="CompareException">There is none.</exception>
    public async Task<byte[]> FetchDocumentAsync(string serverSideKey, CancellationToken cancellationToken)
    {
        var url = new Uri(Url, "environment-document/");
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation(SdkHeaders.EnvironmentKey, serverSideKey);
        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadAsByteArrayAsync(cancellationToken)
                : throw new CompareException($"GET {UpstreamUrl.Show(url)} returned HTTP {(int)response.StatusCode} for the key {KeyMask.Mask(serverSideKey)}. Is the proxy running, with this environment?");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new CompareException(Describe(exception), exception);
        }
    }

    private async Task<FlagsAnswer> SendAsync(Question question, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        using var request = new HttpRequestMessage(question.Body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(Url, question.Body is null ? "flags/" : "identities/"));
        request.Headers.TryAddWithoutValidation(SdkHeaders.EnvironmentKey, _key);
        if (question.Body is { } body)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = Json } };
        }

        var started = TimeProvider.System.GetTimestamp();
        using var response = await _client.SendAsync(request, limit.Token);
        var content = await response.Content.ReadAsByteArrayAsync(limit.Token);
        return FlagsAnswer.Read((int)response.StatusCode, content) with
        {
            Elapsed = TimeProvider.System.GetElapsedTime(started),
            RetryAfter = response.Headers.RetryAfter?.Delta,
        };
    }

    private string Describe(Exception exception) =>
        exception is HttpRequestException failed ? $"{UpstreamUrl.Show(Url)}: {ConnectionFailure.Of(failed, Url, "the address").Message}"
        : exception is OperationCanceledException ? $"{UpstreamUrl.Show(Url)}: no answer within {Timeout.TotalSeconds} s"
        : $"{UpstreamUrl.Show(Url)}: the answer broke off";
}
