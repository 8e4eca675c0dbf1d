using System.Buffers;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Host.Common.Compression;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Http.Overload;
using Microsoft.Extensions.ObjectPool;

namespace EdgeProxy.Host.Endpoints;

/// <summary>
/// <c>GET</c> and <c>POST /api/v1/identities/</c>: read, evaluate, write, in one go over one body in memory.
/// </summary>
internal sealed partial class IdentitiesEndpoint
{
    private const string IdentifierParameter = "identifier";

    private readonly ObjectPool<IdentityRequest> _requests = new DefaultObjectPool<IdentityRequest>(
        new IdentityRequestPolicy(), maximumRetained: 64 * Environment.ProcessorCount);

    private readonly int _maxBodyBytes;
    private readonly int _maxTraits;
    private readonly LoadShedder _shedder;

    public IdentitiesEndpoint(IdentityOptions options, LoadShedder shedder)
    {
        _shedder = shedder;
        _maxTraits = options.MaxTraits;
        _maxBodyBytes = options.MaxRequestBodyBytes;
    }

    /// <summary>Answers with the flags of an identity.</summary>
    public Task Answer(Exchange exchange, PublishedEnvironment environment, FlagAudience audience) =>
        HttpMethods.IsPost(exchange.Method)
            ? AnswerPost(exchange, environment, audience)
            : Answer(exchange, environment, audience, default, hasBody: false);

    /// <param name="exchange">The request.</param>
    /// <param name="environment">What to evaluate against.</param>
    /// <param name="audience">Who asks.</param>
    /// <param name="body">The body; empty where there is none.</param>
    /// <param name="hasBody">Whether the body says who asks; if not, the query must.</param>
    private Task Answer(Exchange exchange, PublishedEnvironment environment, FlagAudience audience, ReadOnlySpan<byte> body, bool hasBody)
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
            if (hasBody)
            {
                IdentityRequestReader.Read(body, request, takesTraits: audience == FlagAudience.Server || snapshot.AllowClientTraits, _maxTraits);
                if (request.Problem is { } problem)
                {
                    return SdkErrors.Unprocessable(exchange, problem);
                }
            }

            var identifier = body[request.IdentifierToken];
            if (identifier.IsEmpty && !TryIdentify(exchange, request, body, mustBeInQuery: !hasBody, out identifier))
            {
                return SdkErrors.Unprocessable(exchange, RequestProblem.Missing("query", IdentifierParameter));
            }

            request.Frame.Evaluate();
            return Write(exchange, environment, new IdentityAnswer(request, body, identifier, audience, snapshot.HideSensitiveData));
        }
        finally
        {
            _requests.Return(request);
        }
    }

    /// <summary>Tells the frame who asks where the body did not say; false if nothing does, and something must.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="request">What was read of it.</param>
    /// <param name="body">The body; empty where there is none.</param>
    /// <param name="mustBeInQuery">Whether the query must say it; if not, somebody is made up.</param>
    /// <param name="identifier">The identifier as JSON, with its quotes.</param>
    private static bool TryIdentify(
        Exchange exchange, IdentityRequest request, ReadOnlySpan<byte> body, bool mustBeInQuery, out ReadOnlySpan<byte> identifier)
    {
        var query = exchange.QueryString;
        var room = ArrayPool<byte>.Shared.Rent(QueryText.MaxLength(query));
        var length = QueryText.Find(query, IdentifierParameter, room);
        var isKnown = length >= 0 || !mustBeInQuery;
        identifier = default;
        if (isKnown)
        {
            var text = length > 0 ? room.AsSpan(0, length) : TransientIdentifier.Create(body, request.Traits);
            request.Frame.SetIdentity(text);
            identifier = IdentityAnswer.Quote(text, request);
        }

        ArrayPool<byte>.Shared.Return(room);
        return isKnown;
    }

    private static Task Write(Exchange exchange, PublishedEnvironment environment, in IdentityAnswer answer)
    {
        if (answer.Length >= BodyCompressor.MinLength)
        {
            ResponseWriter.VaryByEncoding(exchange.ResponseHeaders);
            var coding = AcceptEncoding.Best(exchange.RequestHeaders.AcceptEncoding, onTie: ContentCoding.Gzip); // made beforehand
            if (coding == ContentCoding.Brotli || (coding == ContentCoding.Gzip && environment.Gzip.IsReady(answer.Audience)))
            {
                return WriteCompressed(exchange, answer, coding);
            }
        }

        if (ResponseWriter.StartJson(exchange, ContentCoding.Identity, answer.Length))
        {
            answer.Write(exchange.ResponseBody.GetSpan(answer.Length));
            exchange.ResponseBody.Advance(answer.Length);
        }

        return Task.CompletedTask; // the server flushes what was written when the request ends
    }

    private static Task WriteCompressed(Exchange exchange, in IdentityAnswer answer, ContentCoding coding)
    {
        var room = ArrayPool<byte>.Shared.Rent(AnswerCompressor.Measure(in answer, coding));
        var length = AnswerCompressor.Write(in answer, coding, room);
        if (ResponseWriter.StartJson(exchange, coding, length))
        {
            exchange.ResponseBody.Write(room.AsSpan(0, length));
        }

        ArrayPool<byte>.Shared.Return(room);
        return Task.CompletedTask;
    }
}
