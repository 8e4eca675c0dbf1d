using System.Text.Json;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Upstream;

/// <summary>
/// Indicates whether pages are of one version of a document. They are fetched one after the other, and the document may change
/// meanwhile.
/// </summary>
internal static class PageVersions
{
    /// <summary>
    /// Determines whether pages are of one version, by their <c>updated_at</c>; pages without one are ignored.
    /// </summary>
    public static bool AreOne(IReadOnlyList<byte[]> pages) => pages.Select(UpdatedAt).OfType<string>().Distinct(StringComparer.Ordinal).Count() <= 1;

    private static string? UpdatedAt(byte[] page)
    {
        try
        {
            return DocumentMember.FindText(page, "updated_at"u8);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // joining the pages reports the error
        }
    }
}
