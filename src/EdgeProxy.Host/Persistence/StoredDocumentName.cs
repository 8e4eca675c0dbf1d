using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace EdgeProxy.Host.Persistence;

/// <summary>
/// Names of entries: a hash of their identity, so that a directory listing reveals no key.
/// </summary>
internal static class StoredDocumentName
{
    /// <summary>The length of a name in characters: lower hexadecimal digits.</summary>
    public const int Length = 32;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Creates the name of an environment's document.</summary>
    /// <param name="apiUrl">The upstream: the same key may belong to something else at another.</param>
    /// <param name="clientSideKey">The environment's client-side key.</param>
    public static string OfDocument(Uri apiUrl, string clientSideKey) => Of("document", apiUrl.AbsoluteUri.TrimEnd('/'), clientSideKey);

    /// <summary>Creates a name.</summary>
    /// <param name="kind">The kind of entry.</param>
    /// <param name="parts">The parts that identify the entry among those of its kind; none may contain a line break.</param>
    public static string Of(string kind, params ReadOnlySpan<string> parts)
    {
        var text = string.Join('\n', ["EdgeProxy snapshot", kind, .. parts]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Length / 2));
    }

    /// <summary>Determines whether a text is a valid name.</summary>
    public static bool IsName(ReadOnlySpan<char> text) => text.Length == Length && !text.ContainsAnyExcept(Digits);
}
