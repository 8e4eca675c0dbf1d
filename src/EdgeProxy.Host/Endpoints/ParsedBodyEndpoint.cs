using System.Buffers;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Http.Overload;

namespace EdgeProxy.Host.Endpoints;

/// <summary>An endpoint that parses its body: gets it in one piece, without a byte order mark, and a large one on the thread pool.</summary>
internal abstract class ParsedBodyEndpoint : BodyEndpoint
{
    protected ParsedBodyEndpoint(LoadShedder shedder, int maxBodyBytes)
        : base(shedder, maxBodyBytes)
    {
    }

    /// <inheritdoc/>
    protected sealed override Task AnswerBody(Exchange exchange, KeyBinding binding, in ReadOnlySequence<byte> body)
    {
        var isLarge = Mechanisms.OffloadedRequests && body.Length > OffloadedRequests.BodyInlineUpTo;
        if (body.IsSingleSegment && !isLarge)
        {
            return Answer(exchange, binding, WithoutMark(body.First));
        }

        var length = (int)body.Length;
        var contiguous = ArrayPool<byte>.Shared.Rent(length);
        body.CopyTo(contiguous);
        if (isLarge)
        {
            return AnswerLaterAsync(exchange, binding, contiguous, length);
        }

        var task = Answer(exchange, binding, WithoutMark(contiguous.AsMemory(0, length)));
        ArrayPool<byte>.Shared.Return(contiguous);
        return task;
    }

    /// <summary>Answers a request.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="binding">The environment and the audience of its key.</param>
    /// <param name="body">The whole body without a byte order mark, valid until the method returns.</param>
    protected abstract Task Answer(Exchange exchange, KeyBinding binding, ReadOnlyMemory<byte> body);

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => body[^RequestBody.WithoutMark(body.Span).Length..];

    /// <summary>Answers on the thread pool: a large body would hold up the other connections of this thread.</summary>
    private async Task AnswerLaterAsync(Exchange exchange, KeyBinding binding, byte[] body, int length)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await Answer(exchange, binding, WithoutMark(body.AsMemory(0, length)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }
}
