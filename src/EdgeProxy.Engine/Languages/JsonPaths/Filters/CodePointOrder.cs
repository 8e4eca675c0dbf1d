namespace EdgeProxy.Engine.Languages.JsonPaths.Filters;

/// <summary>
/// The order of texts by Unicode code point. UTF-16 units sort differently: the surrogates, of which code points beyond
/// U+FFFF are made, come before U+E000.
/// </summary>
internal static class CodePointOrder
{
    /// <summary>Negative, zero or positive, as the left text comes first, is the same, or comes last.</summary>
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var same = left.CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
        {
            return left.Length - right.Length;
        }

        // Two surrogates that differ are either the leading halves or follow the same leading half: their own order is
        // that of the code points. One surrogate against anything else stands for the greater code point.
        var (a, b) = (left[same], right[same]);
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a - b : char.IsSurrogate(a) ? 1 : -1;
    }
}
