using System.Buffers;
using System.IO.Compression;

namespace EdgeProxy.Host.Http.Compression;

/// <summary>Compresses bodies.</summary>
internal static class BodyCompressor
{
    /// <summary>Shorter bodies are not compressed (sdk-api.md, "Every SDK answer").</summary>
    public const int LeastLength = 1000;

    // For bodies that are compressed once and sent often: near the best for JSON, at a bearable price.
    private const int BrotliQualityOnce = 5;

    // For bodies made for one request: faster than gzip's fastest, and smaller.
    private const int BrotliQualityEach = 1;

    private const int BrotliWindow = 22;

    /// <summary>A body that will be sent often.</summary>
    public static ReadOnlyMemory<byte> Compress(ReadOnlySpan<byte> body, ContentCoding coding)
    {
        var buffer = new ArrayBufferWriter<byte>(Math.Max(256, body.Length / 4));
        Write(body, coding, buffer, BrotliQualityOnce, CompressionLevel.Optimal);
        return buffer.WrittenSpan.ToArray(); // kept for long: without the room to spare
    }

    /// <summary>A body made for one request.</summary>
    /// <param name="body">The body.</param>
    /// <param name="coding">Gzip or Brotli.</param>
    /// <param name="destination">Takes the compressed body.</param>
    public static void CompressOnce(ReadOnlySpan<byte> body, ContentCoding coding, IBufferWriter<byte> destination) =>
        Write(body, coding, destination, BrotliQualityEach, CompressionLevel.Fastest);

    private static void Write(ReadOnlySpan<byte> body, ContentCoding coding, IBufferWriter<byte> destination, int quality, CompressionLevel level)
    {
        if (coding == ContentCoding.Brotli)
        {
            var room = destination.GetSpan(BrotliEncoder.GetMaxCompressedLength(body.Length));
            if (!BrotliEncoder.TryCompress(body, room, out var written, quality, BrotliWindow))
            {
                throw new InvalidOperationException("A buffer of the greatest length was too short for Brotli.");
            }

            destination.Advance(written);
            return;
        }

        using var target = new BufferWriterStream(destination);
        using var gzip = new GZipStream(target, level, leaveOpen: true);
        gzip.Write(body);
    }
}
