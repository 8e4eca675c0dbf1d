using System.Buffers;
using System.IO.Pipelines;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Http.Overload;
using Microsoft.Extensions.ObjectPool;

namespace EdgeProxy.Host.Endpoints;

/// <summary>
/// An endpoint that evaluates the identity in a body: reads the whole body in one piece, and passes long evaluations to
/// other threads.
/// </summary>
internal abstract class EvaluationEndpoint : EnvironmentEndpoint
{
    private readonly int _maxBodyBytes;
    private readonly LoadShedder _shedder;
    private readonly EvaluationReport _report;

    /// <param name="options">The limits of bodies.</param>
    /// <param name="shedder">Limits how many bodies are waited for.</param>
    /// <param name="offloaded">Runs long evaluations.</param>
    /// <param name="report">Records evaluations that exceed their budget.</param>
    protected EvaluationEndpoint(IdentityOptions options, LoadShedder shedder, OffloadedRequests offloaded, EvaluationReport report)
    {
        _maxBodyBytes = options.MaxRequestBodyBytes;
        _shedder = shedder;
        Offloaded = offloaded;
        _report = report;
    }

    /// <summary>The pool of requests.</summary>
    protected ObjectPool<IdentityRequest> Requests { get; } = new DefaultObjectPool<IdentityRequest>(
        new IdentityRequestPolicy(), maximumRetained: 64 * Environment.ProcessorCount);

    /// <summary>Runs long evaluations.</summary>
    protected OffloadedRequests Offloaded { get; }

    /// <summary>Answers a request that has a body.</summary>
    protected Task AnswerPost(Exchange exchange, PublishedEnvironment environment, FlagAudience audience)
    {
        if (exchange.RequestHeaders.ContentLength > _maxBodyBytes)
        {
            return SdkErrors.BodyTooLarge(exchange, _maxBodyBytes);
        }

        // Most bodies arrived in one piece with their headers.
        var reader = exchange.RequestBody;
        if (RequestBody.TryRead(reader, out var result))
        {
            if (result.IsCompleted)
            {
                return AnswerRead(exchange, environment, audience, reader, result.Buffer);
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }

        return _shedder.IsFull ? _shedder.Refuse(exchange) : ReadAndAnswerAsync(exchange, environment, audience, reader);
    }

    /// <summary>Answers a request whose body was read.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="environment">The environment to evaluate.</param>
    /// <param name="audience">The audience of the answer.</param>
    /// <param name="body">The whole body, valid until the method returns.</param>
    /// <param name="isInline">True if this thread serves connections, and so must not be blocked for long.</param>
    /// <param name="task">The answer.</param>
    /// <returns>False if it takes too long for this thread; then nothing was written.</returns>
    protected abstract bool TryAnswer(
        Exchange exchange, PublishedEnvironment environment, FlagAudience audience, ReadOnlySpan<byte> body, bool isInline, out Task task);

    /// <summary>Evaluates all flags; returns false if that takes too long for this thread.</summary>
    protected bool TryEvaluate(Exchange exchange, EvaluationFrame frame, bool isInline)
    {
        if (isInline)
        {
            return frame.TryEvaluate(OffloadedRequests.StepsInline);
        }

        frame.Evaluate();
        NoteEvaluated(exchange, frame);
        return true;
    }

    /// <summary>Records an evaluation of a thread that serves no connections.</summary>
    protected void NoteEvaluated(Exchange exchange, EvaluationFrame frame)
    {
        exchange.IsExpensive = frame.StepsTaken > OffloadedRequests.StepsInline;
        _report.Note(exchange.Environment!, frame);
    }

    private async Task ReadAndAnswerAsync(Exchange exchange, PublishedEnvironment environment, FlagAudience audience, PipeReader reader)
    {
        ReadOnlySequence<byte> body;
        _shedder.BeginWait();
        try
        {
            body = await RequestBody.ReadToEndAsync(reader, _maxBodyBytes);
        }
        finally
        {
            _shedder.EndWait();
        }

        await AnswerRead(exchange, environment, audience, reader, body);
    }

    /// <summary>
    /// Answers a request whose body was read completely; the answer is written before the body's buffer is released.
    /// </summary>
    private Task AnswerRead(
        Exchange exchange, PublishedEnvironment environment, FlagAudience audience, PipeReader reader, ReadOnlySequence<byte> body)
    {
        var isOffloaded = false;
        try
        {
            if (body.Length > _maxBodyBytes)
            {
                return SdkErrors.BodyTooLarge(exchange, _maxBodyBytes);
            }

            var isInline = body.Length <= OffloadedRequests.BodyInlineUpTo && !exchange.IsExpensive;
            if (isInline && TryAnswerSequence(exchange, environment, audience, body, isInline, out var task))
            {
                return task;
            }

            isOffloaded = true;
            return Offload(exchange, environment, audience, reader, body);
        }
        finally
        {
            if (!isOffloaded)
            {
                reader.AdvanceTo(body.End);
            }
        }
    }

    private async Task Offload(
        Exchange exchange, PublishedEnvironment environment, FlagAudience audience, PipeReader reader, ReadOnlySequence<byte> body)
    {
        try
        {
            await Offloaded.Run(
                exchange,
                exchange.Environment!,
                () =>
                {
                    TryAnswerSequence(exchange, environment, audience, body, isInline: false, out var task);
                    return task;
                });
        }
        finally
        {
            reader.AdvanceTo(body.End);
        }
    }

    private bool TryAnswerSequence(
        Exchange exchange, PublishedEnvironment environment, FlagAudience audience, ReadOnlySequence<byte> body, bool isInline, out Task task)
    {
        if (body.IsSingleSegment)
        {
            return TryAnswer(exchange, environment, audience, body.FirstSpan, isInline, out task);
        }

        var length = (int)body.Length;
        var contiguous = ArrayPool<byte>.Shared.Rent(length);
        body.CopyTo(contiguous);
        var isAnswered = TryAnswer(exchange, environment, audience, contiguous.AsSpan(0, length), isInline, out task);
        ArrayPool<byte>.Shared.Return(contiguous);
        return isAnswered;
    }
}
