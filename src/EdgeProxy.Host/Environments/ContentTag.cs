using System.Globalization;
using System.IO.Hashing;
using EdgeProxy.Host.Common.Compression;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// The entity tag of a body: a hash of its bytes with a fixed seed and of nothing else, so that instances of any age and any
/// level of a chain agree (docs/spec/ofrep.md 7).
/// </summary>
/// <param name="Hash">The hash of the uncompressed body.</param>
internal readonly record struct ContentTag(UInt128 Hash)
{
    private const int Digits = 32;

    /// <summary>The tag of a body.</summary>
    /// <param name="body">The uncompressed body.</param>
    public static ContentTag Of(ReadOnlySpan<byte> body) => new(XxHash128.HashToUInt128(body));

    /// <summary>Formats the tag for a header.</summary>
    /// <param name="coding">The coding of the body.</param>
    public string Quote(ContentCoding coding) => $"\"{Hash.ToString("x32", CultureInfo.InvariantCulture)}{CodingTags.SuffixOf(coding)}\"";

    /// <summary>
    /// Determines whether the header <c>If-None-Match</c> names this body: in any coding, weakly or strongly, with quotes or
    /// without. Allocates nothing.
    /// </summary>
    public bool IsIn(in StringValues ifNoneMatch)
    {
        if (ifNoneMatch.Count == 0)
        {
            return false;
        }

        Span<char> own = stackalloc char[Digits];
        Hash.TryFormat(own, out _, "x32", CultureInfo.InvariantCulture);
        foreach (var value in ifNoneMatch)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                var tag = value.AsSpan()[range].Trim();
                if (tag is "*" || CodingTags.WithoutSuffix(Unquote(tag)).SequenceEqual(own))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> Unquote(ReadOnlySpan<char> tag) => (tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag).Trim('"');
}
