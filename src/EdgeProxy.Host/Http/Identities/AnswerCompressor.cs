using System.Buffers;
using EdgeProxy.Host.Common.Compression;

namespace EdgeProxy.Host.Http.Identities;

/// <summary>Compresses answers to requests for identities, of which each is another.</summary>
internal static class AnswerCompressor
{
    /// <summary>The most room that <see cref="Write"/> needs in bytes.</summary>
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
