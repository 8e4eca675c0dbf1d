using System.Buffers;
using System.IO.Pipelines;

namespace EdgeProxy.Host.Http;

/// <summary>Reads small bodies as a whole, off the fast path.</summary>
internal static class RequestBody
{
    /// <summary>Reads the body.</summary>
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
        while (true)
        {
            var result = await ReadNextAsync(reader);
            if (result.Buffer.Length > limit)
            {
                reader.AdvanceTo(result.Buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
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
            // Not cancelled when the client goes: the end of the body ends it.
            return await reader.ReadAsync(CancellationToken.None);
        }
        catch (InvalidOperationException exception)
        {
            // What Kestrel throws where trailers are not text.
            throw new BadHttpRequestException("Malformed trailers", exception);
        }
    }
}
