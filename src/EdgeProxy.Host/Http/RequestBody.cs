using System.Buffers;
using System.IO.Pipelines;

namespace EdgeProxy.Host.Http;

/// <summary>Reads the bodies of requests.</summary>
internal static class RequestBody
{
    /// <summary>Reads the body into an array, off the fast path.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="limit">The largest body, in bytes.</param>
    /// <returns>The body; null if it is larger.</returns>
    /// <exception cref="BadHttpRequestException">It is malformed as HTTP.</exception>
    public static async ValueTask<byte[]?> ReadAsync(Exchange exchange, int limit)
    {
        if (exchange.RequestHeaders.ContentLength > limit)
        {
            return null;
        }

        var reader = exchange.RequestBody;
        var body = await ReadToEndAsync(reader, limit);
        var copy = body.Length > limit ? null : body.ToArray();
        reader.AdvanceTo(body.End);
        return copy;
    }

    /// <summary>Returns a body without its byte order mark: UTF-8 needs none, but some tools write one.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) => body.StartsWith("\uFEFF"u8) ? body["\uFEFF"u8.Length..] : body;

    /// <summary>Reads the part of a body that has arrived, without waiting.</summary>
    /// <param name="reader">The body.</param>
    /// <param name="result">The part.</param>
    /// <returns>False if nothing has arrived.</returns>
    /// <exception cref="BadHttpRequestException">It is malformed as HTTP.</exception>
    public static bool TryRead(PipeReader reader, out ReadResult result)
    {
        try
        {
            return reader.TryRead(out result);
        }
        catch (InvalidOperationException exception)
        {
            throw InvalidTrailers(exception);
        }
    }

    /// <summary>Waits for the rest of a body, or for as much as shows that it is too large.</summary>
    /// <param name="reader">The body. The caller releases what was read.</param>
    /// <param name="limit">The largest body, in bytes.</param>
    /// <returns>The whole body, or more than <paramref name="limit"/> bytes of it.</returns>
    /// <exception cref="BadHttpRequestException">It is malformed as HTTP.</exception>
    public static async ValueTask<ReadOnlySequence<byte>> ReadToEndAsync(PipeReader reader, int limit)
    {
        while (true)
        {
            var result = await ReadNextAsync(reader);
            if (result.IsCompleted || result.Buffer.Length > limit)
            {
                return result.Buffer;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>Reads the next part of a body.</summary>
    /// <exception cref="BadHttpRequestException">It is malformed as HTTP.</exception>
    public static async ValueTask<ReadResult> ReadNextAsync(PipeReader reader)
    {
        try
        {
            // Not cancelled when the client disconnects: a cancelled read leaves Kestrel's pipe in the reading state. The end of the body ends it.
            return await reader.ReadAsync(CancellationToken.None);
        }
        catch (InvalidOperationException exception)
        {
            throw InvalidTrailers(exception);
        }
    }

    /// <summary>The form that Kestrel gives other malformed requests; it throws something else for trailers that are not text.</summary>
    private static BadHttpRequestException InvalidTrailers(InvalidOperationException exception) => new("Malformed trailers", exception);
}
