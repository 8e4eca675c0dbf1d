using System.Buffers.Binary;
using System.Text;

namespace EdgeProxy.Host.Persistence;

/// <summary>
/// The header of a file in the snapshot directory; numbers are little-endian: the magic (8 bytes), the
/// version of the format (4), the name of the entry (32), the generation (8), the time of the fetch in ticks of UTC (8),
/// the lengths of entity tag and date (4 each; -1 for none), the length of the content (8); then entity tag and date in
/// UTF-8. The content follows, and at the end a checksum of all that (16).
/// </summary>
internal sealed record StoredDocumentHeader(string Name, long Generation, StoredDocumentMetadata Metadata, long ContentLength)
{
    /// <summary>The length of the fixed part.</summary>
    public const int FixedLength = 76;

    /// <summary>The maximum length of a header.</summary>
    public const int MaxLength = FixedLength + (2 * MaxTextLength);

    private const int FormatVersion = 1;
    private const int MaxTextLength = 4096;

    // The line break reveals a transfer in text mode.
    private static ReadOnlySpan<byte> Magic => "EPSNAP\r\n"u8;

    /// <summary>Serializes the header. A text that is too long for it is left out.</summary>
    public byte[] ToBytes()
    {
        var entityTag = BytesOf(Metadata.EntityTag);
        var lastModified = BytesOf(Metadata.LastModified);
        var bytes = new byte[FixedLength + (entityTag?.Length ?? 0) + (lastModified?.Length ?? 0)];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), FormatVersion);
        Encoding.ASCII.GetBytes(Name, bytes.AsSpan(12, StoredDocumentName.Length));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(44), Generation);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(52), Metadata.Fetched.UtcTicks);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(60), entityTag?.Length ?? -1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(64), lastModified?.Length ?? -1);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(68), ContentLength);
        entityTag.CopyTo(bytes.AsSpan(FixedLength));
        lastModified.CopyTo(bytes.AsSpan(FixedLength + (entityTag?.Length ?? 0)));
        return bytes;
    }

    /// <summary>Parses a header. Its values are unverified until the checksum was compared.</summary>
    /// <param name="start">The start of the file; the maximum length of a header, or less if the file is shorter.</param>
    /// <param name="length">Set to the length of the header.</param>
    /// <exception cref="InvalidDataException">The header is invalid, or of a version that cannot be read.</exception>
    public static StoredDocumentHeader Parse(ReadOnlySpan<byte> start, out int length)
    {
        if (!start.StartsWith(Magic))
        {
            throw new InvalidDataException("it is not a snapshot");
        }

        if (start.Length < FixedLength)
        {
            throw new InvalidDataException("it is truncated");
        }

        if (BinaryPrimitives.ReadInt32LittleEndian(start[8..]) is var version && version != FormatVersion)
        {
            throw new InvalidDataException($"its format has the version {version}, and not {FormatVersion}");
        }

        var fetched = BinaryPrimitives.ReadInt64LittleEndian(start[52..]);
        var generation = BinaryPrimitives.ReadInt64LittleEndian(start[44..]);
        var entityTag = BinaryPrimitives.ReadInt32LittleEndian(start[60..]);
        var lastModified = BinaryPrimitives.ReadInt32LittleEndian(start[64..]);
        var content = BinaryPrimitives.ReadInt64LittleEndian(start[68..]);
        length = FixedLength + Math.Max(0, entityTag) + Math.Max(0, lastModified);
        if (!IsTime(fetched) || !IsTime(generation) || !IsTextLength(entityTag) || !IsTextLength(lastModified) || content < 0 || length > start.Length)
        {
            throw new InvalidDataException("it is damaged");
        }

        return new StoredDocumentHeader(
            Encoding.ASCII.GetString(start.Slice(12, StoredDocumentName.Length)),
            generation,
            new StoredDocumentMetadata(
                new DateTimeOffset(fetched, TimeSpan.Zero),
                TextOf(start[FixedLength..], entityTag),
                TextOf(start[(FixedLength + Math.Max(0, entityTag))..], lastModified)),
            content);
    }

    private static bool IsTime(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks;

    private static bool IsTextLength(int length) => length is >= -1 and <= MaxTextLength;

    private static byte[]? BytesOf(string? text) =>
        text is not null && Encoding.UTF8.GetByteCount(text) <= MaxTextLength ? Encoding.UTF8.GetBytes(text) : null;

    private static string? TextOf(ReadOnlySpan<byte> bytes, int length) => length < 0 ? null : Encoding.UTF8.GetString(bytes[..length]);
}
