using System.Numerics;

namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>The symbols of deflate's alphabets (RFC 1951, section 3.2.5).</summary>
internal static class DeflateSymbols
{
    public const int EndOfBlock = 256;
    public const int LiteralsAndLengths = 286;
    public const int Distances = 30;
    public const int ShortestMatch = 3;
    public const int LongestMatch = 258;
    public const int FarthestMatch = 32768;

    /// <summary>Returns the symbol of a match's length, and its extra bits.</summary>
    public static (int Symbol, int Extra, int ExtraBits) OfLength(int length)
    {
        if (length == LongestMatch)
        {
            return (285, 0, 0);
        }

        var value = length - 3;
        if (value < 8)
        {
            return (257 + value, 0, 0);
        }

        var bits = BitOperations.Log2((uint)value) - 2;
        return (257 + (bits * 4) + (value >> bits), value & ((1 << bits) - 1), bits);
    }

    /// <summary>Returns the symbol of a match's distance, and its extra bits.</summary>
    public static (int Symbol, int Extra, int ExtraBits) OfDistance(int distance)
    {
        var value = distance - 1;
        if (value < 4)
        {
            return (value, 0, 0);
        }

        var bits = BitOperations.Log2((uint)value) - 1;
        return ((bits * 2) + (value >> bits), value & ((1 << bits) - 1), bits);
    }
}
