namespace EdgeProxy.Host.Common.Compression;

/// <summary>The part of an entity tag that names the coding: a strong tag identifies bytes, so each coding has its own.</summary>
internal static class CodingTags
{
    private static readonly string[] Suffixes = ["", "-gzip", "-br"];

    /// <summary>All suffixes, in the order of <see cref="ContentCoding"/>.</summary>
    public static IReadOnlyList<string> All => Suffixes;

    /// <summary>The suffix of the tag in a coding.</summary>
    public static string SuffixOf(ContentCoding coding) => Suffixes[(int)coding];

    /// <summary>A tag without the suffix of its coding.</summary>
    public static ReadOnlySpan<char> WithoutSuffix(ReadOnlySpan<char> tag)
    {
        foreach (var suffix in Suffixes)
        {
            if (suffix.Length > 0 && tag.EndsWith(suffix, StringComparison.Ordinal))
            {
                return tag[..^suffix.Length];
            }
        }

        return tag;
    }
}
