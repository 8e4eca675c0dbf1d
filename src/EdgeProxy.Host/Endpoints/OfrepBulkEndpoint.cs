using System.Buffers;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common.Compression;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Http.Ofrep;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Usage;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>POST /ofrep/v1/evaluate/flags</c> (docs/spec/ofrep.md 7): evaluates all flags, with conditional requests.</summary>
internal sealed class OfrepBulkEndpoint : OfrepEndpoint, IEndpointDefinition
{
    private readonly EntityTagCache _tags;
    private readonly ServerMetrics _metrics;

    public OfrepBulkEndpoint(
        OfrepOptions options,
        IdentityOptions limits,
        EntityTagCache tags,
        ServerMetrics metrics,
        LoadShedder shedder,
        OffloadedRequests offloaded,
        EvaluationReport report)
        : base(options, limits, shedder, offloaded, report)
    {
        _tags = tags;
        _metrics = metrics;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("ofrep_bulk", OfrepPaths.Flags, EndpointSurface.Sdk)
    {
        Methods = EndpointMethods.Post,
        Protocol = ApiProtocol.Ofrep,
        Usage = UsageResource.Identities,
        IsTraced = true,
    };

    /// <inheritdoc/>
    protected override bool TryAnswer(
        Exchange exchange, OfrepAnswers answers, EvaluationFrame frame, bool hasIdentity, FlagAudience audience, bool isInline, out Task task)
    {
        task = Task.CompletedTask;
        if (hasIdentity && !TryEvaluate(exchange, frame, isInline))
        {
            return false;
        }

        if (hasIdentity && frame.Deviates)
        {
            return TryWrite(exchange, answers, frame.Outcomes, audience, isInline);
        }

        task = WriteBody(exchange, answers.Body(audience, hasIdentity, hasStreams: false));
        return true;
    }

    private Task WriteBody(Exchange exchange, TaggedBody body)
    {
        if (IsNotModified(exchange, body.Tag))
        {
            exchange.ResponseHeaders.ETag = body.Quoted(ResponseWriter.Negotiate(exchange, body.Content)); // nothing is compressed for an answer without a body
            return Task.CompletedTask;
        }

        var content = ResponseWriter.Select(exchange, body.Content, out var coding);
        exchange.ResponseHeaders.ETag = body.Quoted(coding);
        return ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, content);
    }

    private bool TryWrite(Exchange exchange, OfrepAnswers answers, ReadOnlySpan<int> outcomes, FlagAudience audience, bool isInline)
    {
        var length = answers.Measure(outcomes, audience, hasStreams: false);
        var coding = length < BodyCompressor.MinLength
            ? ContentCoding.Identity
            : AcceptEncoding.Best(exchange.RequestHeaders.AcceptEncoding, onTie: ContentCoding.Brotli);
        if (coding == ContentCoding.Brotli && isInline && length > OffloadedRequests.BrotliInlineUpTo)
        {
            return false;
        }

        coding = coding == ContentCoding.Gzip ? ContentCoding.Identity : coding;
        var room = ArrayPool<byte>.Shared.Rent(length);
        var plain = room.AsSpan(0, length);
        answers.Write(outcomes, audience, hasStreams: false, plain);
        var tag = ContentTag.Of(plain);
        exchange.ResponseHeaders.ETag = _tags.Quote(tag, coding);
        if (!IsNotModified(exchange, tag))
        {
            Write(exchange, plain, coding);
        }

        ArrayPool<byte>.Shared.Return(room);
        return true;
    }

    private static void Write(Exchange exchange, ReadOnlySpan<byte> plain, ContentCoding coding)
    {
        if (coding == ContentCoding.Identity)
        {
            if (ResponseWriter.StartJson(exchange, coding, plain.Length))
            {
                exchange.ResponseBody.Write(plain);
            }

            return;
        }

        var room = ArrayPool<byte>.Shared.Rent(BodyCompressor.MeasureBrotli(plain.Length));
        var length = BodyCompressor.WriteBrotli(plain, room);
        if (ResponseWriter.StartJson(exchange, coding, length))
        {
            exchange.ResponseBody.Write(room.AsSpan(0, length));
        }

        ArrayPool<byte>.Shared.Return(room);
    }

    /// <summary>Answers with 304 if the client has this body.</summary>
    private bool IsNotModified(Exchange exchange, ContentTag tag)
    {
        if (!tag.IsIn(exchange.RequestHeaders.IfNoneMatch))
        {
            return false;
        }

        exchange.StatusCode = StatusCodes.Status304NotModified;
        _metrics.CountOfrepNotModified();
        return true;
    }
}
