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
    public sealed override Task AnswerAsync(Exchange exchange, EnvironmentState environment)
    {
        if (exchange.RequestHeaders.ContentLength > _maxBodyBytes)
        {
            return SdkErrors.BodyTooLarge(exchange, _maxBodyBytes);
        }

        // Most bodies came in one piece with their headers and are there already.
        var reader = exchange.RequestBody;
        try
        {
            if (reader.TryRead(out var result))
            {
                if (result.IsCompleted)
                {
                    return AnswerRead(exchange, environment, reader, result.Buffer);
                }

                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        catch (InvalidOperationException exception)
        {
            throw InvalidTrailers(exception);
        }

        return _shedder.IsFull ? _shedder.Refuse(exchange) : ReadAndAnswerAsync(exchange, environment, reader);
    }

    /// <summary>Answers a request.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="environment">The environment of its key.</param>
    /// <param name="body">The whole body, valid until the method returns.</param>
    protected abstract Task AnswerBody(Exchange exchange, EnvironmentState environment, in ReadOnlySequence<byte> body);

    private async Task ReadAndAnswerAsync(Exchange exchange, EnvironmentState environment, PipeReader reader)
    {
        var body = await ReadToEndAsync(reader);
        await AnswerRead(exchange, environment, reader, body);
    }

    /// <summary>Waits for the rest of a body, or as much as shows that it is too large.</summary>
    private async Task<ReadOnlySequence<byte>> ReadToEndAsync(PipeReader reader)
    {
        _shedder.BeginWait();
        try
        {
            while (true)
            {
                // Not cancelled when the client goes: a cancelled read leaves the server's pipe as if it went on.
                var result = await reader.ReadAsync(CancellationToken.None);
                if (result.IsCompleted || result.Buffer.Length > _maxBodyBytes)
                {
                    return result.Buffer;
                }

                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        catch (InvalidOperationException exception)
        {
            throw InvalidTrailers(exception);
        }
        finally
        {
            _shedder.EndWait();
        }
    }

    private Task AnswerRead(Exchange exchange, EnvironmentState environment, PipeReader reader, in ReadOnlySequence<byte> body)
    {
        try
        {
            return body.Length > _maxBodyBytes ? SdkErrors.BodyTooLarge(exchange, _maxBodyBytes) : AnswerBody(exchange, environment, in body);
        }
        finally
        {
            reader.AdvanceTo(body.End);
        }
    }

    /// <summary>The form that Kestrel gives other malformed requests; it throws something else for trailers that are not text.</summary>
    private static BadHttpRequestException InvalidTrailers(InvalidOperationException exception) => new("Malformed trailers", exception);
}
