using System.Buffers;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http.Compression;
using EdgeProxy.Host.Http.Identities;
using Microsoft.Extensions.ObjectPool;

namespace EdgeProxy.Host.Http.Endpoints;

/// <summary>
/// <c>GET</c> and <c>POST /api/v1/identities/</c>: read, evaluate, write, in one go over one body in memory.
/// </summary>
internal sealed partial class IdentitiesEndpoint
{
    private readonly ObjectPool<IdentityRequest> _requests = new DefaultObjectPool<IdentityRequest>(
        new IdentityRequestPolicy(), maximumRetained: 64 * Environment.ProcessorCount);

    private readonly int _mostBodyBytes;

    public IdentitiesEndpoint(ProxyOptions options)
    {
        _mostBodyBytes = options.Server.MaxRequestBodyBytes;
    }

    /// <summary>Answers with the flags of an identity.</summary>
    public Task Answer(HttpContext context, PublishedEnvironment environment, FlagAudience audience) =>
        HttpMethods.IsPost(context.Request.Method)
            ? AnswerPost(context, environment, audience)
            : AnswerGet(context, environment, audience);

    private Task AnswerGet(HttpContext context, PublishedEnvironment environment, FlagAudience audience)
    {
        var identifier = FindIdentifier(context);
        return identifier is null
            ? SdkErrors.Unprocessable(context, RequestProblem.Missing("query", "identifier"))
            : AnswerWithBody(context, environment, audience, default, identifier);
    }

    /// <param name="context">The request.</param>
    /// <param name="environment">What to evaluate against.</param>
    /// <param name="audience">Who asks.</param>
    /// <param name="body">The body; empty for a request without one, which then gives the identifier.</param>
    /// <param name="queryIdentifier">The identifier of a request without a body.</param>
    private Task AnswerWithBody(
        HttpContext context, PublishedEnvironment environment, FlagAudience audience, ReadOnlySpan<byte> body, byte[]? queryIdentifier)
    {
        if (body.StartsWith("\uFEFF"u8))
        {
            body = body["\uFEFF"u8.Length..]; // a byte order mark says nothing about UTF-8, but some tools write it
        }

        var request = _requests.Get();
        try
        {
            var snapshot = environment.Snapshot;
            request.Frame.Begin(snapshot);
            if (queryIdentifier is null)
            {
                IdentityRequestReader.Read(body, request, takesTraits: audience == FlagAudience.Server || snapshot.AllowClientTraits);
                if (request.Problem is { } problem)
                {
                    return SdkErrors.Unprocessable(context, problem);
                }
            }

            var identifier = body[request.IdentifierToken];
            if (identifier.IsEmpty)
            {
                identifier = Identify(context, request, body, queryIdentifier);
            }

            request.Frame.Evaluate();
            return Write(context, environment, new IdentityAnswer(request, body, identifier, audience, snapshot.HideSensitiveData));
        }
        finally
        {
            _requests.Return(request);
        }
    }

    /// <summary>Tells the frame who asks whose body did not say; returns the identifier as JSON, with its quotes.</summary>
    private static ReadOnlySpan<byte> Identify(HttpContext context, IdentityRequest request, ReadOnlySpan<byte> body, byte[]? queryIdentifier)
    {
        var identifier = queryIdentifier ?? FindIdentifier(context);
        if (identifier is not { Length: > 0 })
        {
            identifier = TransientIdentifier.Create(body, request.Traits);
        }

        request.Frame.SetIdentity(identifier);
        return IdentityAnswer.Quote(identifier, request);
    }

    private static byte[]? FindIdentifier(HttpContext context) => QueryText.Find(context.Request.QueryString.Value, "identifier");

    private static Task Write(HttpContext context, PublishedEnvironment environment, IdentityAnswer answer)
    {
        if (answer.Length >= BodyCompressor.LeastLength)
        {
            ResponseWriter.VaryByEncoding(context.Response);
            var coding = AcceptEncoding.Best(context.Request.Headers.AcceptEncoding, onTie: ContentCoding.Gzip); // made beforehand
            if (coding == ContentCoding.Brotli || (coding == ContentCoding.Gzip && environment.Gzip.IsReady(answer.Audience)))
            {
                return WriteCompressed(context, answer, coding);
            }
        }

        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.Headers.ContentType = SdkHeaders.Json;
        response.ContentLength = answer.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            answer.Write(response.BodyWriter.GetSpan(answer.Length));
            response.BodyWriter.Advance(answer.Length);
        }

        return Task.CompletedTask; // the server flushes what was written when the request ends
    }

    private static Task WriteCompressed(HttpContext context, IdentityAnswer answer, ContentCoding coding)
    {
        var room = ArrayPool<byte>.Shared.Rent(AnswerCompressor.Measure(in answer, coding));
        var length = AnswerCompressor.Write(in answer, coding, room);

        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.Headers.ContentType = SdkHeaders.Json;
        ResponseWriter.SetCoding(response, coding);
        response.ContentLength = length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            response.BodyWriter.Write(room.AsSpan(0, length));
        }

        ArrayPool<byte>.Shared.Return(room);
        return Task.CompletedTask;
    }
}
