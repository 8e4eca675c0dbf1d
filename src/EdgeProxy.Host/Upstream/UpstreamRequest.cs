using System.Net.Http.Headers;

namespace EdgeProxy.Host.Upstream;

/// <summary>A request to the upstream; may be sent several times.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">The URL.</param>
internal sealed record UpstreamRequest(HttpMethod Method, Uri Url)
{
    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    /// <summary>Headers; those whose value is null are left out.</summary>
    public IReadOnlyList<(string Name, string? Value)> Headers { get; init; } = [];

    /// <summary>The body, in JSON; null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The limit of time; null for <c>api_poll_timeout_seconds</c>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>True if redirects are followed; if not, they are answers like any other.</summary>
    public bool FollowsRedirects { get; init; } = true;

    /// <summary>Creates the message for one attempt.</summary>
    /// <param name="url">The URL to send it to, which redirects may have changed.</param>
    public HttpRequestMessage ToMessage(Uri url)
    {
        var message = new HttpRequestMessage(Method, url);
        message.Headers.TryAddWithoutValidation("Accept", "application/json");
        foreach (var (name, value) in Headers)
        {
            if (value is not null)
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }

        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body) { Headers = { ContentType = JsonType } };
        }

        return message;
    }
}
