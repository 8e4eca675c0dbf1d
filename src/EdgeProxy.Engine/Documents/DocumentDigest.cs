using System.Text.Json;
using System.Text.Unicode;

namespace EdgeProxy.Engine.Documents;

/// <summary>
/// The content of an environment document as a digest: two documents with the same content decide every flag the same, and
/// one of them need not be compiled. White space, escapes and the order of members make no difference, nor does the time
/// of the last change; the order of items, and how a number is spelled, do.
/// </summary>
/// <param name="Content">A hash of everything but <c>updated_at</c>. Not collision-resistant against forged documents.</param>
/// <param name="UpdatedAt">The time of the environment's last change; null if the document does not have it.</param>
internal readonly record struct DocumentDigest(UInt128 Content, DateTimeOffset? UpdatedAt)
{
    /// <summary>Computes the digest of a document. Takes about half as long as compiling it.</summary>
    /// <param name="document">JSON in UTF-8.</param>
    /// <returns>Null if the text is not JSON. Not validated as an environment document.</returns>
    public static DocumentDigest? Of(ReadOnlySpan<byte> document)
    {
        try
        {
            return Utf8.IsValid(document) ? new DocumentDigester().Digest(document) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
