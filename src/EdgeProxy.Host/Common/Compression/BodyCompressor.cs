using System.IO.Compression;

namespace EdgeProxy.Host.Common.Compression;

/// <summary>Compresses bodies.</summary>
internal static class BodyCompressor
{
    /// <summary>The minimum length of compressed bodies (docs/spec/sdk-api.md 7.2).</summary>
    public const int MinLength = 1000;

    // For bodies that are compressed once and sent often: near the best ratio for JSON, at a reasonable cost.
    private const int BrotliQualityOnce = 5;

    // For bodies of a single request.
    private const int BrotliQualityEach = 1;

    private const int BrotliWindow = 22;

    /// <summary>Compresses a body that will be sent often.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> body, ContentCoding coding)
    {
        if (coding == ContentCoding.Brotli)
        {
            var room = new byte[MeasureBrotli(body.Length)];
            return room.AsSpan(0, WriteBrotli(body, room, BrotliQualityOnce)).ToArray(); // kept for long: without the unused part of the buffer
        }

        using var target = new MemoryStream(Math.Max(256, body.Length / 4));
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return target.ToArray();
    }

    /// <summary>The maximum compressed length of a body.</summary>
    public static int MeasureBrotli(int length) => BrotliEncoder.GetMaxCompressedLength(length);

    /// <summary>Compresses a body of a single request; returns its length.</summary>
    public static int WriteBrotli(ReadOnlySpan<byte> body, Span<byte> destination) => WriteBrotli(body, destination, BrotliQualityEach);

    private static int WriteBrotli(ReadOnlySpan<byte> body, Span<byte> destination, int quality) =>
        BrotliEncoder.TryCompress(body, destination, out var written, quality, BrotliWindow)
            ? written
            : throw new InvalidOperationException("A buffer of the greatest length was too short for Brotli.");
}
