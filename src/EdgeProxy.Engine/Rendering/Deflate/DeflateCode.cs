namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>
/// The two codes of a block and the header that describes them (RFC 1951, section 3.2.7). Every symbol has a code, so that
/// any text can be written in it.
/// </summary>
internal sealed class DeflateCode
{
    private const int LongestCode = 15;
    private const int LongestLengthCode = 7;
    private const int CountShift = BitWriter.CountShift;

    private static readonly byte[] LengthCodeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    // The bits, and their number in the highest byte.
    private readonly uint[] _literals = new uint[byte.MaxValue + 1];
    private readonly uint[] _lengths = new uint[DeflateSymbols.LongestMatch + 1];
    private readonly uint[] _distances = new uint[DeflateSymbols.Distances];
    private readonly uint _end;
    private readonly BitString _header;
    private readonly long _headerBits;

    public DeflateCode(SymbolCounts counts)
    {
        var literals = HuffmanCode.For(counts.LiteralsAndLengths, LongestCode);
        var distances = HuffmanCode.For(counts.Distances, LongestCode);
        for (var i = 0; i < _literals.Length; i++)
        {
            _literals[i] = Pack(literals.CodeOf(i), literals.Lengths[i]);
        }

        for (var length = 3; length < _lengths.Length; length++)
        {
            var (symbol, extra, extraBits) = DeflateSymbols.OfLength(length);
            var bits = literals.Lengths[symbol];
            _lengths[length] = Pack(literals.CodeOf(symbol) | ((uint)extra << bits), bits + extraBits);
        }

        for (var i = 0; i < _distances.Length; i++)
        {
            _distances[i] = Pack(distances.CodeOf(i), distances.Lengths[i]);
        }

        _end = Pack(literals.CodeOf(DeflateSymbols.EndOfBlock), literals.Lengths[DeflateSymbols.EndOfBlock]);
        var header = WriteHeader(literals, distances);
        _headerBits = header.Length;
        _header = header.Finish();
    }

    /// <summary>The maximum number of bytes that <see cref="Start"/> and <see cref="End"/> write together.</summary>
    public int Overhead => (int)(_headerBits / 8) + sizeof(uint);

    /// <summary>Starts the last block of a stream.</summary>
    public void Start(ref BitWriter writer) => writer.Copy(_header, 0, _headerBits);

    /// <summary>Ends the block.</summary>
    public void End(ref BitWriter writer) => Write(ref writer, _end);

    /// <summary>Writes text byte by byte.</summary>
    public void WriteLiterals(ref BitWriter writer, ReadOnlySpan<byte> text) => writer.Write(_literals, text);

    /// <summary>Writes a match.</summary>
    public void WriteMatch(ref BitWriter writer, int length, int distance)
    {
        var bits = Match(length, distance, out var count);
        writer.Write(bits, count);
    }

    /// <summary>Adds tokens to a string of bits.</summary>
    public void Add(BitStringBuilder builder, ReadOnlySpan<DeflateToken> tokens)
    {
        foreach (var token in tokens)
        {
            if (token.IsMatch)
            {
                var bits = Match(token.Length, token.Distance, out var count);
                builder.Add(bits, count);
            }
            else
            {
                var packed = _literals[token.Literal];
                builder.Add(packed & 0xFFFF, (int)(packed >> CountShift));
            }
        }
    }

    private static uint Pack(uint bits, int count) => bits | ((uint)count << CountShift);

    private static void Write(ref BitWriter writer, uint packed) => writer.Write(packed & 0xFFFFFF, (int)(packed >> CountShift));

    private ulong Match(int length, int distance, out int count)
    {
        var packedLength = _lengths[length];
        var (symbol, extra, extraBits) = DeflateSymbols.OfDistance(distance);
        var packedDistance = _distances[symbol];
        count = (int)(packedLength >> CountShift);
        ulong bits = packedLength & 0xFFFFFF;
        bits |= (ulong)(packedDistance & 0xFFFF) << count;
        count += (int)(packedDistance >> CountShift);
        bits |= (ulong)extra << count;
        count += extraBits;
        return bits;
    }

    private static BitStringBuilder WriteHeader(HuffmanCode literals, HuffmanCode distances)
    {
        var header = new BitStringBuilder();
        header.Add(0b101, 3); // the last block; with dynamic codes
        header.Add(DeflateSymbols.LiteralsAndLengths - 257, 5);
        header.Add(DeflateSymbols.Distances - 1, 5);
        header.Add((ulong)LengthCodeOrder.Length - 4, 4);

        var symbols = RunLengths([.. literals.Lengths, .. distances.Lengths]);
        var counts = new long[LengthCodeOrder.Length];
        foreach (var (symbol, _) in symbols)
        {
            counts[symbol] += 64; // against the unused symbols, which get codes too
        }

        var lengths = HuffmanCode.For(counts, LongestLengthCode);
        foreach (var symbol in LengthCodeOrder)
        {
            header.Add(lengths.Lengths[symbol], 3);
        }

        foreach (var (symbol, repeats) in symbols)
        {
            header.Add(lengths.CodeOf(symbol), lengths.Lengths[symbol]);
            if (symbol == 16)
            {
                header.Add((ulong)repeats - 3, 2);
            }
        }

        return header;
    }

    /// <summary>Codes the lengths, with symbol 16 for three to six repetitions. There are no zeros.</summary>
    private static List<(int Symbol, int Repeats)> RunLengths(byte[] lengths)
    {
        var symbols = new List<(int Symbol, int Repeats)>();
        for (var i = 0; i < lengths.Length;)
        {
            symbols.Add((lengths[i], 0));
            var end = i + 1;
            while (end < lengths.Length && lengths[end] == lengths[i])
            {
                end++;
            }

            for (i++; end - i >= 3;)
            {
                var repeats = Math.Min(6, end - i);
                symbols.Add((16, repeats));
                i += repeats;
            }
        }

        return symbols;
    }
}
