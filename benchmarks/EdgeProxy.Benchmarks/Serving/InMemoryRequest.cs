using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeProxy.Benchmarks.Serving;

/// <summary>A request as the server hands it to the application, without the server.</summary>
internal sealed class InMemoryRequest : IHttpRequestFeature, IRequestBodyPipeFeature, IHttpRequestLifetimeFeature
{
    /// <param name="method">The method.</param>
    /// <param name="path">The path.</param>
    /// <param name="query">The query with its question mark, or nothing.</param>
    /// <param name="body">The body; empty for none.</param>
    public InMemoryRequest(string method, string path, string query, byte[] body)
    {
        Method = method;
        Path = path;
        QueryString = query;
        RawTarget = path + query;
        Reader = new InMemoryBodyReader(body);
        Headers.ContentLength = body.Length;
    }

    /// <inheritdoc/>
    public string Protocol { get; set; } = "HTTP/1.1";

    /// <inheritdoc/>
    public string Scheme { get; set; } = "http";

    /// <inheritdoc/>
    public string Method { get; set; }

    /// <inheritdoc/>
    public string PathBase { get; set; } = "";

    /// <inheritdoc/>
    public string Path { get; set; }

    /// <inheritdoc/>
    public string QueryString { get; set; }

    /// <inheritdoc/>
    public string RawTarget { get; set; } = "";

    /// <inheritdoc/>
    public IHeaderDictionary Headers { get; set; } = new InMemoryHeaders();

    /// <inheritdoc/>
    public Stream Body { get; set; } = Stream.Null;

    /// <inheritdoc/>
    public PipeReader Reader { get; }

    /// <inheritdoc/>
    public CancellationToken RequestAborted { get; set; }

    /// <inheritdoc/>
    public void Abort() => throw new InvalidOperationException("The request failed.");
}
