using System.Net.Http.Headers;

namespace EdgeProxy.Host.Upstream;

/// <summary>A request to the upstream; may be sent several times.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">The URL.</param>
internal sealed record UpstreamRequest(HttpMethod Method, Uri Url)
{
    private static readonly (string Name, string? Value)[] JsonContent = [("Content-Type", "application/json")];

    /// <summary>Headers; those whose value is null are left out.</summary>
    public IReadOnlyList<(string Name, string? Value)> Headers { get; init; } = [];

    /// <summary>The body; null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Headers of the body, by default those of JSON; those whose value is null are left out.</summary>
    public IReadOnlyList<(string Name, string? Value)> ContentHeaders { get; init; } = JsonContent;

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
        Add(message.Headers, Headers);
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            Add(message.Content.Headers, ContentHeaders);
        }

        return message;
    }

    private static void Add(HttpHeaders headers, IReadOnlyList<(string Name, string? Value)> added)
    {
        foreach (var (name, value) in added)
        {
            if (value is not null)
            {
                headers.TryAddWithoutValidation(name, value);
            }
        }
    }
}
