using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Persistence.Analytics;

namespace EdgeProxy.Host.Tests.Persistence.Analytics;

/// <summary>Files of counts, as other processes write and read them.</summary>
internal static class StoredCountFile
{
    /// <summary>The name of a file in the directory, of an instance that has ended.</summary>
    public static string NameOf(string entry) => $"{entry}.{Guid.NewGuid():N}.counts";

    /// <summary>The content of a file.</summary>
    public static byte[] Of(string entry, ReadOnlySpan<byte> content)
    {
        using var file = new MemoryStream();
        StoredDocumentFile.Write(file, new StoredDocumentHeader(entry, 1, new StoredDocumentMetadata(DateTimeOffset.UnixEpoch), content.Length), content);
        return file.ToArray();
    }

    /// <summary>Reads a file.</summary>
    public static IReadOnlyList<FlagCountBatch> Read(string path)
    {
        using var file = File.OpenRead(path);
        return FlagCountContent.Read(StoredDocumentFile.Read(file, Path.GetFileName(path)[..StoredDocumentName.Length], FlagCountFiles.MaxContentBytes).Content);
    }
}
