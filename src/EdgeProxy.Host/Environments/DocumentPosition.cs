using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace EdgeProxy.Host.Environments;

/// <summary>The position of a document among the versions of its environment.</summary>
/// <param name="UpdatedAt">The document's own time of the last change; null if it has none.</param>
/// <param name="Revision">A digest of the document's bytes, which its entity tag is made of.</param>
internal sealed record DocumentPosition(DateTimeOffset? UpdatedAt, string Revision)
{
    private const int RevisionBytes = 16;

    /// <summary>The position of a document that need not be a valid one.</summary>
    public static DocumentPosition Of(ReadOnlySpan<byte> document) => new(UpdatedAtOf(document), RevisionOf(document));

    /// <summary>The digest of a document's bytes.</summary>
    public static string RevisionOf(ReadOnlySpan<byte> document) => Convert.ToHexStringLower(SHA256.HashData(document).AsSpan(0, RevisionBytes));

    private static DateTimeOffset? UpdatedAtOf(ReadOnlySpan<byte> document)
    {
        try
        {
            return DateTimeOffset.TryParse(
                DocumentMember.FindText(document, "updated_at"u8), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
                ? time
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // compiling it reports the error
        }
    }
}
