using System.Net.Http.Headers;

namespace EdgeProxy.LoadTests.Model.Requests;

/// <summary>One request, and what its answer is checked for.</summary>
/// <param name="Kind">The kind of request.</param>
/// <param name="Path">The path, with the query.</param>
/// <param name="Key">The environment key that goes with it.</param>
internal sealed record LoadRequest(RequestKind Kind, string Path, string Key)
{
    /// <summary>The identity; null for environment flags.</summary>
    public string? Identifier { get; init; }

    /// <summary>JSON to post; null for a <c>GET</c>.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The entity tag of the document that is there already.</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>The request for the document.</summary>
    public static LoadRequest Document(LoadKeys keys) => new(RequestKind.Document, "/api/v1/environment-document/", keys.ServerSide);

    /// <summary>As HTTP.</summary>
    /// <param name="server">The server's address; a path in it is kept.</param>
    public HttpRequestMessage ToMessage(Uri server)
    {
        var message = new HttpRequestMessage(Body is null ? HttpMethod.Get : HttpMethod.Post, server.AbsoluteUri.TrimEnd('/') + Path);
        message.Headers.TryAddWithoutValidation("X-Environment-Key", Key);
        if (IfNoneMatch is not null)
        {
            message.Headers.TryAddWithoutValidation("If-None-Match", IfNoneMatch);
        }

        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        return message;
    }
}
