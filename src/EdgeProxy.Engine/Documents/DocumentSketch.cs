using System.Numerics;
using System.Runtime.Intrinsics;

namespace EdgeProxy.Engine.Documents;

/// <summary>
/// The number and the sum of the bytes of a document that neither the layout nor a time consists of. Documents whose sketches differ have
/// different content, apart from repeated names and from times in words; a sketch takes a small part of the time of a <see cref="DocumentDigest"/>.
/// </summary>
/// <param name="Count">The number of these bytes.</param>
/// <param name="Sum">Their sum.</param>
internal readonly record struct DocumentSketch(long Count, long Sum)
{
    private const byte LastSpace = (byte)' ';
    private const byte FirstOfTimes = (byte)'+';
    private const byte LastOfTimes = (byte)':';
    private const byte Escape = (byte)'\\';

    // So many vectors that the sums of a byte each fit into sixteen bits.
    private const int VectorsInPart = 128;

    /// <summary>Computes the sketch of a document; null if it has escapes, so that its texts can be spelled in other ways.</summary>
    /// <param name="document">JSON in UTF-8.</param>
    public static DocumentSketch? Of(ReadOnlySpan<byte> document)
    {
        var (count, sum) = (0L, 0L);
        while (document.Length >= Vector256<byte>.Count)
        {
            var vectors = Math.Min(document.Length / Vector256<byte>.Count, VectorsInPart);
            if (!TryAdd(document[..(vectors * Vector256<byte>.Count)], ref count, ref sum))
            {
                return null;
            }

            document = document[(vectors * Vector256<byte>.Count)..];
        }

        foreach (var value in document)
        {
            if (value == Escape)
            {
                return null;
            }

            var counts = value is > LastSpace and not (>= FirstOfTimes and <= LastOfTimes) and not ((byte)'T' or (byte)'Z');
            count += counts ? 1 : 0;
            sum += counts ? value : 0;
        }

        return new DocumentSketch(count, sum);
    }

    private static bool TryAdd(ReadOnlySpan<byte> part, ref long count, ref long sum)
    {
        var sums = Vector256<ushort>.Zero;
        var escapes = Vector256<byte>.Zero;
        for (; !part.IsEmpty; part = part[Vector256<byte>.Count..])
        {
            var bytes = Vector256.Create(part[..Vector256<byte>.Count]);
            escapes |= Vector256.Equals(bytes, Vector256.Create(Escape));
            var fromTimes = bytes - Vector256.Create(FirstOfTimes); // below zero is far above
            var leftOut = Vector256.Equals(Vector256.Min(bytes, Vector256.Create(LastSpace)), bytes)
                | Vector256.Equals(Vector256.Min(fromTimes, Vector256.Create((byte)(LastOfTimes - FirstOfTimes))), fromTimes)
                | Vector256.Equals(bytes, Vector256.Create((byte)'T'))
                | Vector256.Equals(bytes, Vector256.Create((byte)'Z'));
            count += Vector256<byte>.Count - BitOperations.PopCount(leftOut.ExtractMostSignificantBits());
            var (lower, upper) = Vector256.Widen(Vector256.AndNot(bytes, leftOut));
            sums += lower + upper;
        }

        var (first, second) = Vector256.Widen(sums);
        sum += Vector256.Sum(first + second);
        return escapes == Vector256<byte>.Zero;
    }
}
