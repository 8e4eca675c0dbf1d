using System.Buffers;
using EdgeProxy.Host.Common.Compression;

namespace EdgeProxy.Host.Http.Identities;

/// <summary>Compresses answers to identity requests, which all differ.</summary>
internal static class AnswerCompressor
{
    /// <summary>The maximum buffer size for <see cref="Write"/> in bytes.</summary>
    public static int Measure(in IdentityAnswer answer, ContentCoding coding) =>
        coding == ContentCoding.Gzip ? answer.MeasureGzip() : BodyCompressor.MeasureBrotli(answer.Length);

    /// <summary>Writes the compressed answer; returns its length.</summary>
    public static int Write(in IdentityAnswer answer, ContentCoding coding, Span<byte> destination)
    {
        if (coding == ContentCoding.Gzip)
        {
            return answer.WriteGzip(destination);
        }

        var plain = ArrayPool<byte>.Shared.Rent(answer.Length);
        answer.Write(plain);
        var length = BodyCompressor.WriteBrotli(plain.AsSpan(0, answer.Length), destination);
        ArrayPool<byte>.Shared.Return(plain);
        return length;
    }
}
