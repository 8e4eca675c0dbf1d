using System.Buffers;
using System.IO.Pipelines;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Http.Endpoints;

/// <content>Getting hold of the whole body, in one piece.</content>
internal sealed partial class IdentitiesEndpoint
{
    private Task AnswerPost(HttpContext context, PublishedEnvironment environment, FlagAudience audience)
    {
        if (context.Request.ContentLength > _mostBodyBytes)
        {
            return SdkErrors.BodyTooLarge(context, _mostBodyBytes);
        }

        // Most bodies came in one piece with their headers and are there already.
        var reader = context.Request.BodyReader;
        if (!reader.TryRead(out var result))
        {
            return ReadAndAnswerAsync(context, environment, audience, reader);
        }

        if (result.IsCompleted)
        {
            return AnswerRead(context, environment, audience, reader, result.Buffer);
        }

        reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        return ReadAndAnswerAsync(context, environment, audience, reader);
    }

    private async Task ReadAndAnswerAsync(HttpContext context, PublishedEnvironment environment, FlagAudience audience, PipeReader reader)
    {
        while (true)
        {
            var result = await reader.ReadAsync(context.RequestAborted);
            if (result.IsCompleted || result.Buffer.Length > _mostBodyBytes)
            {
                await AnswerRead(context, environment, audience, reader, result.Buffer);
                return;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>Answers a body that was read to its end; the answer is written before the body is given back.</summary>
    private Task AnswerRead(
        HttpContext context, PublishedEnvironment environment, FlagAudience audience, PipeReader reader, ReadOnlySequence<byte> body)
    {
        try
        {
            if (body.Length > _mostBodyBytes)
            {
                return SdkErrors.BodyTooLarge(context, _mostBodyBytes);
            }

            if (body.IsSingleSegment)
            {
                return AnswerWithBody(context, environment, audience, body.FirstSpan, queryIdentifier: null);
            }

            var length = (int)body.Length;
            var contiguous = ArrayPool<byte>.Shared.Rent(length);
            body.CopyTo(contiguous);
            var task = AnswerWithBody(context, environment, audience, contiguous.AsSpan(0, length), queryIdentifier: null);
            ArrayPool<byte>.Shared.Return(contiguous);
            return task;
        }
        finally
        {
            reader.AdvanceTo(body.End);
        }
    }
}
