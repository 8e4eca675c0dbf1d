using System.Net;

namespace EdgeProxy.Comparison.Servers;

/// <summary>A request that is asked over and over.</summary>
/// <param name="Path">The path.</param>
/// <param name="Key">The environment key; null for none.</param>
/// <param name="Body">The body to post; null for <c>GET</c>.</param>
/// <param name="AcceptsGzip">True if the answer may be compressed.</param>
internal sealed record HttpQuestion(string Path, string? Key, byte[]? Body = null, bool AcceptsGzip = false)
{
    /// <summary>True to have the answer already, whatever it is: it is 304.</summary>
    public bool IsKnown { get; init; }

    private const int BackgroundLooks = 20;
    private static readonly TimeSpan BackgroundLook = TimeSpan.FromMilliseconds(50);

    private static readonly HttpClient Client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, SslOptions = { RemoteCertificateValidationCallback = MeasuredCertificate.IsOurs } });

    // Requests over HTTP/2 share a connection, so it is not closed after each of them.
    private static readonly HttpClient Http2Client = new(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = MeasuredCertificate.IsOurs } });

    /// <summary>The protocol that it is sent over.</summary>
    public ClientProtocol Protocol { get; init; } = ClientProtocol.Plain;

    /// <summary>A text in the body behind which each request has another number; null to ask the same over and over.</summary>
    public string? Numbered { get; init; }

    /// <summary>The number of different requests, after which the first comes again.</summary>
    public int Numbers { get; init; }

    private HttpStatusCode Expected => IsKnown ? HttpStatusCode.NotModified : HttpStatusCode.OK;

    /// <summary>The headers that go with it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers
    {
        get
        {
            if (Key is not null)
            {
                yield return new("X-Environment-Key", Key);
            }

            if (Body is not null)
            {
                yield return new("Content-Type", "application/json");
            }

            if (AcceptsGzip)
            {
                yield return new("Accept-Encoding", "gzip");
            }

            if (IsKnown)
            {
                yield return new("If-None-Match", "*");
            }
        }
    }

    /// <summary>True if it is answered with 200.</summary>
    public async Task<bool> IsAnsweredAsync(Uri server)
    {
        try
        {
            using var response = await SendAsync(server);
            return response.StatusCode == Expected;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The length of the response body as sent, after checking that it is the one to be measured.</summary>
    public async Task<int> MeasureAnswerAsync(Uri server)
    {
        // A large answer is compressed in the background, and goes out as it is until then: the last of some answers counts.
        for (var i = 0; AcceptsGzip && i < BackgroundLooks; i++)
        {
            using var early = await SendAsync(server);
            if (early.Content.Headers.ContentEncoding.Contains("gzip"))
            {
                break;
            }

            await Task.Delay(BackgroundLook, TimeProvider.System);
        }

        using var response = await SendAsync(server);
        var isCompressed = response.Content.Headers.ContentEncoding.Contains("gzip");
        if (response.StatusCode != Expected || (isCompressed && !AcceptsGzip))
        {
            throw new InvalidOperationException($"{server} answers {Path} with {(int)response.StatusCode}{(isCompressed ? ", compressed" : "")}.");
        }

        return (await response.Content.ReadAsByteArrayAsync()).Length;
    }

    private async Task<HttpResponseMessage> SendAsync(Uri server)
    {
        using var request = new HttpRequestMessage(Body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(server, Path))
        {
            Version = Protocol.IsHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = Protocol.IsHttp2 ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrLower,
        };
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body);
        }

        foreach (var (name, value) in Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await (Protocol.IsHttp2 ? Http2Client : Client).SendAsync(request);
    }
}
