namespace EdgeProxy.Host.Persistence.Analytics;

/// <summary>A file of counts: <c>entry.instance.counts</c>.</summary>
/// <param name="Path">The file.</param>
/// <param name="Name">The entry, a <see cref="StoredDocumentName"/>.</param>
/// <param name="Instance">The instance that wrote it.</param>
internal sealed record LeftCounts(string Path, string Name, string Instance)
{
    /// <summary>The end of the file's name.</summary>
    public const string Extension = ".counts";

    private const int NameLength = StoredDocumentName.Length + 1 + StoredDocumentName.Length;

    /// <summary>Recognizes a file by its name; null if it is none of counts.</summary>
    public static LeftCounts? Parse(string path)
    {
        var file = System.IO.Path.GetFileName(path);
        if (file.Length != NameLength + Extension.Length || file[StoredDocumentName.Length] != '.' || !file.EndsWith(Extension, StringComparison.Ordinal))
        {
            return null;
        }

        var (name, instance) = (file[..StoredDocumentName.Length], file[(StoredDocumentName.Length + 1)..NameLength]);
        return StoredDocumentName.IsName(name) && StoredDocumentName.IsName(instance) ? new LeftCounts(path, name, instance) : null;
    }
}
