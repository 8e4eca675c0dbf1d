namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>A canonical Huffman code (RFC 1951, section 3.2.2).</summary>
internal sealed class HuffmanCode
{
    private readonly byte[] _lengths;
    private readonly ushort[] _codes;

    private HuffmanCode(byte[] lengths)
    {
        _lengths = lengths;
        _codes = Assign(lengths);
    }

    /// <summary>The length of each symbol's code in bits.</summary>
    public ReadOnlySpan<byte> Lengths => _lengths;

    /// <summary>A symbol's code, the bit that is written first being the lowest.</summary>
    public ushort CodeOf(int symbol) => _codes[symbol];

    /// <summary>Creates the code for these frequencies; every symbol has a code, however rare.</summary>
    /// <param name="frequencies">By symbol; at least two.</param>
    /// <param name="longest">The maximum length of a code in bits.</param>
    public static HuffmanCode For(ReadOnlySpan<long> frequencies, int longest)
    {
        var weights = new long[frequencies.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = Math.Max(1, frequencies[i]);
        }

        // Levelling the weights until the code is short enough costs a thousandth compared to the optimum of that length.
        byte[] lengths;
        while ((lengths = Build(weights)).Max() > longest)
        {
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = (weights[i] >> 1) + 1;
            }
        }

        return new HuffmanCode(lengths);
    }

    private static byte[] Build(long[] weights)
    {
        var parents = new int[(2 * weights.Length) - 1];
        var queue = new PriorityQueue<int, (long Weight, int Node)>(); // by number on a tie: the same code every time
        for (var i = 0; i < weights.Length; i++)
        {
            queue.Enqueue(i, (weights[i], i));
        }

        for (var node = weights.Length; node < parents.Length; node++)
        {
            queue.TryDequeue(out var left, out var leftKey);
            queue.TryDequeue(out var right, out var rightKey);
            parents[left] = parents[right] = node;
            queue.Enqueue(node, (leftKey.Weight + rightKey.Weight, node));
        }

        var depths = new byte[parents.Length];
        for (var node = parents.Length - 2; node >= 0; node--)
        {
            depths[node] = (byte)(depths[parents[node]] + 1);
        }

        return depths[..weights.Length];
    }

    private static ushort[] Assign(byte[] lengths)
    {
        var codes = new ushort[lengths.Length];
        var next = 0;
        for (var length = 1; length <= 15; length++)
        {
            for (var symbol = 0; symbol < lengths.Length; symbol++)
            {
                if (lengths[symbol] == length)
                {
                    codes[symbol] = Reverse(next++, length);
                }
            }

            next <<= 1;
        }

        return codes;
    }

    private static ushort Reverse(int code, int length)
    {
        var reversed = 0;
        for (var i = 0; i < length; i++)
        {
            reversed = (reversed << 1) | ((code >> i) & 1);
        }

        return (ushort)reversed;
    }
}
