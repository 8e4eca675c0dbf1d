using System.Buffers;
using System.IO.Pipelines;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Overload;

namespace EdgeProxy.Host.Endpoints;

/// <summary>An endpoint for a body of limited length, which it gets as a whole.</summary>
internal abstract class BodyEndpoint : KeyedEndpoint
{
    private readonly LoadShedder _shedder;
    private readonly int _maxBodyBytes;

    /// <param name="shedder">Limits how many bodies are waited for.</param>
    /// <param name="maxBodyBytes">The largest body; larger ones get 413.</param>
    protected BodyEndpoint(LoadShedder shedder, int maxBodyBytes)
    {
        _shedder = shedder;
        _maxBodyBytes = maxBodyBytes;
    }

    /// <inheritdoc/>
    public sealed override Task AnswerAsync(Exchange exchange, KeyBinding binding)
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
                return AnswerRead(exchange, binding, reader, result.Buffer);
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }

        return _shedder.IsFull ? _shedder.Refuse(exchange) : ReadAndAnswerAsync(exchange, binding, reader);
    }

    /// <summary>Answers a request.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="binding">The environment and the audience of its key.</param>
    /// <param name="body">The whole body, valid until the method returns.</param>
    protected abstract Task AnswerBody(Exchange exchange, KeyBinding binding, in ReadOnlySequence<byte> body);

    private async Task ReadAndAnswerAsync(Exchange exchange, KeyBinding binding, PipeReader reader)
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

        await AnswerRead(exchange, binding, reader, body);
    }

    private Task AnswerRead(Exchange exchange, KeyBinding binding, PipeReader reader, in ReadOnlySequence<byte> body)
    {
        try
        {
            return body.Length > _maxBodyBytes ? SdkErrors.BodyTooLarge(exchange, _maxBodyBytes) : AnswerBody(exchange, binding, in body);
        }
        finally
        {
            reader.AdvanceTo(body.End);
        }
    }
}
