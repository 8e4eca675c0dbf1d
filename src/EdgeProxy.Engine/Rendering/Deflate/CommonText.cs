namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>Writes text that a flag may have in common with the flag before it.</summary>
internal static class CommonText
{
    /// <summary>Determines whether a text of that length can be a match.</summary>
    public static bool CanMatch(int length, int distance) =>
        length is >= DeflateSymbols.ShortestMatch and <= DeflateSymbols.LongestMatch && distance <= DeflateSymbols.FarthestMatch;

    /// <summary>Writes a text that the previous flag has too.</summary>
    /// <param name="code">The code.</param>
    /// <param name="writer">Receives the bits.</param>
    /// <param name="text">The text.</param>
    /// <param name="distance">The distance to it in bytes.</param>
    public static void Write(DeflateCode code, ref BitWriter writer, ReadOnlySpan<byte> text, int distance)
    {
        if (CanMatch(text.Length, distance))
        {
            code.WriteMatch(ref writer, text.Length, distance);
        }
        else
        {
            code.WriteLiterals(ref writer, text);
        }
    }

    /// <summary>Writes a text of which the previous flag may have the start.</summary>
    /// <param name="code">The code.</param>
    /// <param name="writer">Receives the bits.</param>
    /// <param name="text">The text.</param>
    /// <param name="otherText">The text of the previous flag.</param>
    /// <param name="distance">The distance to it in bytes.</param>
    public static void WriteAfter(DeflateCode code, ref BitWriter writer, ReadOnlySpan<byte> text, ReadOnlySpan<byte> otherText, int distance)
    {
        var common = Math.Min(text.CommonPrefixLength(otherText), DeflateSymbols.LongestMatch);
        if (CanMatch(common, distance))
        {
            code.WriteMatch(ref writer, common, distance);
            text = text[common..];
        }

        code.WriteLiterals(ref writer, text);
    }
}
