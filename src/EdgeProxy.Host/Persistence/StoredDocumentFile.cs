using System.IO.Hashing;

namespace EdgeProxy.Host.Persistence;

/// <summary>
/// A file of the snapshot directory: <see cref="StoredDocumentHeader"/>, content, and a checksum of both. The checksum
/// detects damage, not malice: a process that can write to the directory can also write a checksum.
/// </summary>
internal static class StoredDocumentFile
{
    /// <summary>The maximum size of a file besides its content.</summary>
    public const int MaxOverhead = StoredDocumentHeader.MaxLength + ChecksumLength;

    private const int ChecksumLength = 16;

    /// <summary>Writes a file.</summary>
    public static void Write(Stream file, StoredDocumentHeader header, ReadOnlySpan<byte> content)
    {
        var start = header.ToBytes();
        file.Write(start);
        file.Write(content);
        file.Write(Checksum(start, content));
    }

    /// <summary>Opens a file for reading.</summary>
    /// <returns>The file; null if there is none.</returns>
    /// <exception cref="InvalidDataException">The path is a directory, or the file is empty.</exception>
    public static FileStream? TryOpen(string path)
    {
        var information = new FileInfo(path);
        if (!information.Exists)
        {
            return Directory.Exists(path) ? throw new InvalidDataException("it is a directory") : null;
        }

        // Not opened: a pipe is empty too, and opening one may block forever.
        if (information.Length == 0)
        {
            throw new InvalidDataException("it is empty");
        }

        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    /// <summary>Reads the header only.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or not in this format.</exception>
    public static StoredDocumentHeader ReadHeader(Stream file) => ReadHeader(file, out _);

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file, at its start.</param>
    /// <param name="name">The expected entry.</param>
    /// <param name="maxContent">The maximum size of the content.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or not in this format.</exception>
    public static StoredDocument Read(Stream file, string name, long maxContent)
    {
        var length = file.Length;
        if (length > Math.Min(maxContent, Array.MaxLength) + MaxOverhead)
        {
            throw new InvalidDataException($"it has {length} bytes, which is more than a document may have");
        }

        var header = ReadHeader(file, out var start);
        if (header.ContentLength != length - start.Length - ChecksumLength)
        {
            throw new InvalidDataException("it is truncated, or damaged");
        }

        var content = GC.AllocateUninitializedArray<byte>((int)header.ContentLength);
        var checksum = new byte[ChecksumLength];
        file.Position = start.Length;
        file.ReadExactly(content);
        file.ReadExactly(checksum);
        if (!Checksum(start, content).AsSpan().SequenceEqual(checksum))
        {
            throw new InvalidDataException("it is damaged");
        }

        return string.Equals(header.Name, name, StringComparison.Ordinal)
            ? new StoredDocument(content, header.Metadata, header.Generation)
            : throw new InvalidDataException("it is of another entry than its name says");
    }

    private static StoredDocumentHeader ReadHeader(Stream file, out byte[] start)
    {
        var buffer = new byte[StoredDocumentHeader.MaxLength];
        var read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var header = StoredDocumentHeader.Parse(buffer.AsSpan(0, read), out var length);
        start = buffer[..length];
        return header;
    }

    private static byte[] Checksum(ReadOnlySpan<byte> start, ReadOnlySpan<byte> content)
    {
        var hash = new XxHash128();
        hash.Append(start);
        hash.Append(content);
        return hash.GetCurrentHash();
    }
}
