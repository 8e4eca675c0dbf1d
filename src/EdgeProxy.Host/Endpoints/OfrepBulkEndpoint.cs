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
using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>POST /ofrep/v1/evaluate/flags</c> (docs/spec/ofrep.md 7): evaluates all flags, with conditional requests.</summary>
internal sealed class OfrepBulkEndpoint : OfrepEndpoint, IEndpointDefinition
{
    private readonly EntityTagCache _tags;
    private readonly ServerMetrics _metrics;
    private readonly CatchUp _catchUp;
    private readonly RevisionOptions _revision;

    public OfrepBulkEndpoint(
        OfrepOptions options,
        IdentityOptions limits,
        EntityTagCache tags,
        ServerMetrics metrics,
        CatchUp catchUp,
        RevisionOptions revision,
        TraitIntake intake,
        LoadShedder shedder,
        OffloadedRequests offloaded,
        EvaluationReport report)
        : base(options, limits, intake, shedder, offloaded, report)
    {
        _tags = tags;
        _metrics = metrics;
        _catchUp = catchUp;
        _revision = revision;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = Define("ofrep_bulk", OfrepPaths.Flags);

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange, PublishedEnvironment environment, FlagAudience audience) =>
        RefetchRequest.Of(exchange) is { } refetch && refetch.IsAheadOf(exchange.Environment!)
            ? CatchUpAndAnswerAsync(exchange, audience, refetch)
            : base.AnswerAsync(exchange, environment, audience);

    /// <inheritdoc/>
    protected override bool TryAnswer(
        Exchange exchange, OfrepAnswers answers, EvaluationFrame frame, bool hasIdentity, FlagAudience audience, bool isInline, out Task task)
    {
        task = Task.CompletedTask;
        if (hasIdentity && !TryEvaluate(exchange, frame, isInline))
        {
            return false;
        }

        var hasStreams = Options.EventStreams == EventStreamOffer.Always
            || (Options.EventStreams == EventStreamOffer.Auto && exchange.RequestHeaders.Origin.Count > 0);
        if (hasIdentity && frame.Deviates)
        {
            return TryWrite(exchange, answers, frame.Outcomes, audience, hasStreams, isInline);
        }

        task = WriteBody(exchange, answers, answers.Body(audience, hasIdentity, hasStreams));
        return true;
    }

    /// <summary>
    /// Waits for a revision that another instance has, and answers. The client does not ask again, so an answer with what
    /// there is would be all that it gets.
    /// </summary>
    private async Task CatchUpAndAnswerAsync(Exchange exchange, FlagAudience audience, RefetchRequest refetch)
    {
        var environment = exchange.Environment!;
        _metrics.CountRefetchBehind();
        await _catchUp.WaitAsync(exchange, environment, refetch);
        var current = environment.Current!;
        DocumentHeaders.Set(exchange, current.Document, _revision);
        await base.AnswerAsync(exchange, current, audience);
    }

    private Task WriteBody(Exchange exchange, OfrepAnswers answers, TaggedBody body)
    {
        if (IsNotModified(exchange, answers, body.Tag))
        {
            exchange.ResponseHeaders.ETag = body.Quoted(ResponseWriter.Negotiate(exchange, body.Content)); // nothing is compressed for an answer without a body
            return Task.CompletedTask;
        }

        var content = ResponseWriter.Select(exchange, body.Content, out var coding);
        exchange.ResponseHeaders.ETag = body.Quoted(coding);
        return ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, content);
    }

    private bool TryWrite(Exchange exchange, OfrepAnswers answers, ReadOnlySpan<int> outcomes, FlagAudience audience, bool hasStreams, bool isInline)
    {
        var length = answers.Measure(outcomes, audience, hasStreams);
        var coding = length < BodyCompressor.MinLength
            ? ContentCoding.Identity
            : AcceptEncoding.Best(exchange.RequestHeaders.AcceptEncoding, onTie: ContentCoding.Gzip); // made beforehand
        if (coding == ContentCoding.Brotli && isInline && length > OffloadedRequests.BrotliInlineUpTo)
        {
            return false;
        }

        coding = coding == ContentCoding.Gzip && !answers.Gzip.IsReady(audience) ? ContentCoding.Identity : coding;
        var room = ArrayPool<byte>.Shared.Rent(length);
        var plain = room.AsSpan(0, length);
        answers.Write(outcomes, audience, hasStreams, plain);
        var tag = ContentTag.Of(plain);
        exchange.ResponseHeaders.ETag = _tags.Quote(tag, coding);
        if (!IsNotModified(exchange, answers, tag))
        {
            Write(exchange, answers, outcomes, audience, hasStreams, plain, coding);
        }

        ArrayPool<byte>.Shared.Return(room);
        return true;
    }

    private static void Write(
        Exchange exchange, OfrepAnswers answers, ReadOnlySpan<int> outcomes, FlagAudience audience, bool hasStreams, ReadOnlySpan<byte> plain, ContentCoding coding)
    {
        if (coding == ContentCoding.Identity)
        {
            if (ResponseWriter.StartJson(exchange, coding, plain.Length))
            {
                exchange.ResponseBody.Write(plain);
            }

            return;
        }

        var isGzip = coding == ContentCoding.Gzip;
        var room = ArrayPool<byte>.Shared.Rent(isGzip ? answers.Flags.MeasureGzip(audience, plain.Length) : BodyCompressor.MeasureBrotli(plain.Length));
        var length = isGzip
            ? answers.Flags.WriteGzip(outcomes, audience, OfrepAnswers.Before, answers.After(hasStreams), room)
            : BodyCompressor.WriteBrotli(plain, room);
        if (ResponseWriter.StartJson(exchange, coding, length))
        {
            exchange.ResponseBody.Write(room.AsSpan(0, length));
        }

        ArrayPool<byte>.Shared.Return(room);
    }

    /// <summary>Answers with 304 if the client has this body.</summary>
    private bool IsNotModified(Exchange exchange, OfrepAnswers answers, ContentTag tag)
    {
        if (!tag.IsIn(exchange.RequestHeaders.IfNoneMatch)
            || (RefetchRequest.Of(exchange) is { } refetch && refetch.Revision != answers.Revision))
        {
            return false;
        }

        exchange.StatusCode = StatusCodes.Status304NotModified;
        _metrics.CountOfrepNotModified();
        return true;
    }
}
