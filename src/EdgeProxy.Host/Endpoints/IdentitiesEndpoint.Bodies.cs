using System.Buffers;
using System.IO.Pipelines;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Identities;

namespace EdgeProxy.Host.Endpoints;

/// <content>Getting hold of the whole body, in one piece.</content>
internal sealed partial class IdentitiesEndpoint
{
    private Task AnswerPost(Exchange exchange, PublishedEnvironment environment, FlagAudience audience)
    {
        if (exchange.RequestHeaders.ContentLength > _maxBodyBytes)
        {
            return SdkErrors.BodyTooLarge(exchange, _maxBodyBytes);
        }

        // Most bodies arrived in one piece with their headers.
        var reader = exchange.RequestBody;
        if (TryRead(reader, out var result))
        {
            if (result.IsCompleted)
            {
                return AnswerRead(exchange, environment, audience, reader, result.Buffer);
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }

        return _shedder.IsFull ? _shedder.Refuse(exchange) : ReadAndAnswerAsync(exchange, environment, audience, reader);
    }

    private async Task ReadAndAnswerAsync(Exchange exchange, PublishedEnvironment environment, FlagAudience audience, PipeReader reader)
    {
        var result = await ReadToEndAsync(reader);
        await AnswerRead(exchange, environment, audience, reader, result.Buffer);
    }

    /// <summary>Waits for the rest of a body, up to the limit on its size.</summary>
    private async Task<ReadResult> ReadToEndAsync(PipeReader reader)
    {
        _shedder.BeginWait();
        try
        {
            while (true)
            {
                var result = await ReadAsync(reader);
                if (result.IsCompleted || result.Buffer.Length > _maxBodyBytes)
                {
                    return result;
                }

                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        finally
        {
            _shedder.EndWait();
        }
    }

    private static bool TryRead(PipeReader reader, out ReadResult result)
    {
        try
        {
            return reader.TryRead(out result);
        }
        catch (InvalidOperationException exception)
        {
            throw NotText(exception);
        }
    }

    private static async ValueTask<ReadResult> ReadAsync(PipeReader reader)
    {
        try
        {
            // Not cancelled when the client disconnects: a cancelled read leaves Kestrel's pipe in the reading state. The end of the body ends it.
            return await reader.ReadAsync(CancellationToken.None);
        }
        catch (InvalidOperationException exception)
        {
            throw NotText(exception);
        }
    }

    /// <summary>
    /// Recognizes the exception of Kestrel for a body whose trailers are not text; for the head it answers in this way
    /// itself.
    /// </summary>
    private static BadHttpRequestException NotText(InvalidOperationException exception) => new("Malformed trailers", exception);

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
            if (isInline && TryAnswer(exchange, environment, audience, body, isInline, out var task))
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
            await _offloaded.Run(
                exchange,
                exchange.Environment!,
                () =>
                {
                    TryAnswer(exchange, environment, audience, body, isInline: false, out var task);
                    return task;
                });
        }
        finally
        {
            reader.AdvanceTo(body.End);
        }
    }

    private bool TryAnswer(
        Exchange exchange, PublishedEnvironment environment, FlagAudience audience, ReadOnlySequence<byte> body, bool isInline, out Task task)
    {
        if (body.IsSingleSegment)
        {
            return TryAnswer(exchange, environment, audience, body.FirstSpan, hasBody: true, isInline, out task);
        }

        var length = (int)body.Length;
        var contiguous = ArrayPool<byte>.Shared.Rent(length);
        body.CopyTo(contiguous);
        var isAnswered = TryAnswer(exchange, environment, audience, contiguous.AsSpan(0, length), hasBody: true, isInline, out task);
        ArrayPool<byte>.Shared.Return(contiguous);
        return isAnswered;
    }
}
