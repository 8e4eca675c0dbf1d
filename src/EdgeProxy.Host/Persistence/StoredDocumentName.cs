using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace EdgeProxy.Host.Persistence;

/// <summary>
/// Names of entries: a hash of what the entry is of, so that a directory listing tells nobody a key.
/// </summary>
internal static class StoredDocumentName
{
    /// <summary>The length of a name in characters: lower hexadecimal digits.</summary>
    public const int Length = 32;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>The name of an environment's document.</summary>
    /// <param name="apiUrl">The upstream it is from: the same key may mean something else at another.</param>
    /// <param name="clientSideKey">The environment's client-side key.</param>
    public static string OfDocument(Uri apiUrl, string clientSideKey) => Of("document", apiUrl.AbsoluteUri.TrimEnd('/'), clientSideKey);

    /// <summary>A name.</summary>
    /// <param name="kind">The kind of thing that is kept.</param>
    /// <param name="parts">The parts that identify the entry among those of its kind; none may contain a line break.</param>
    public static string Of(string kind, params ReadOnlySpan<string> parts)
    {
        var text = string.Join('\n', ["EdgeProxy snapshot", kind, .. parts]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Length / 2));
    }

    /// <summary>Determines whether a text is a valid name.</summary>
    public static bool IsName(ReadOnlySpan<char> text) => text.Length == Length && !text.ContainsAnyExcept(Digits);
}
