using System.Buffers.Binary;

namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>
/// Writes text that is not known in advance, with its repetitions as matches: only the last position of each four bytes is
/// checked, which finds the names that JSON repeats and costs about a nanosecond per byte.
/// </summary>
internal static class TextCoder
{
    private const int MinLength = sizeof(uint);
    private const int HashBits = 8;
    private const int MaxAtOnce = DeflateSymbols.FarthestMatch;

    /// <summary>Writes a text.</summary>
    public static void Write(DeflateCode code, ref BitWriter writer, ReadOnlySpan<byte> text)
    {
        for (; text.Length > MaxAtOnce; text = text[MaxAtOnce..])
        {
            WritePart(code, ref writer, text[..MaxAtOnce]);
        }

        WritePart(code, ref writer, text);
    }

    private static void WritePart(DeflateCode code, ref BitWriter writer, ReadOnlySpan<byte> text)
    {
        Span<ushort> places = stackalloc ushort[1 << HashBits];
        places.Clear();
        var written = 0;
        for (var at = 1; at <= text.Length - MinLength;) // zero is no position
        {
            var four = BinaryPrimitives.ReadUInt32LittleEndian(text[at..]);
            ref var place = ref places[(int)((four * 0x9E3779B1) >> (32 - HashBits))];
            int candidate = place;
            place = (ushort)at;
            if (candidate == 0 || BinaryPrimitives.ReadUInt32LittleEndian(text[candidate..]) != four)
            {
                at++;
                continue;
            }

            var rest = text[at..Math.Min(text.Length, at + DeflateSymbols.LongestMatch)];
            var length = rest.CommonPrefixLength(text[candidate..]);
            code.WriteLiterals(ref writer, text[written..at]);
            code.WriteMatch(ref writer, length, at - candidate);
            at += length;
            written = at;
        }

        code.WriteLiterals(ref writer, text[written..]);
    }
}
