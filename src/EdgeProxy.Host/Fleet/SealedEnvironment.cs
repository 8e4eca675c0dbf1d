using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Fleet;

/// <summary>
/// The name of an environment in the store, and the form of its documents there: compressed, and encrypted with a key
/// derived from its server-side key, so that write access to the store is not enough to make a flag (docs/spec/fleet.md 2.2).
/// </summary>
internal sealed class SealedEnvironment
{
    private const int IdBytes = 16;

    private static readonly byte[] Label = "EdgeProxy fleet environment"u8.ToArray();

    private readonly DocumentSeal _seal;

    /// <param name="serverSideKey">The environment's server-side key.</param>
    public SealedEnvironment(string serverSideKey)
    {
        ServerSideKey = serverSideKey;
        Id = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(serverSideKey), Label).AsSpan(0, IdBytes));
        _seal = new DocumentSeal(serverSideKey, "fleet document");
        Identities = new SealedIdentities(serverSideKey);
    }

    /// <summary>The key that the name and the encryption are derived from.</summary>
    public string ServerSideKey { get; }

    /// <summary>The name of the environment in the store.</summary>
    public string Id { get; }

    /// <summary>Its identities in the store.</summary>
    public SealedIdentities Identities { get; }

    /// <summary>Encrypts a document.</summary>
    /// <param name="version">The version of the document: it can be decrypted only with the same.</param>
    /// <param name="document">The document.</param>
    /// <param name="conditions">The upstream's validators of the document.</param>
    public byte[] Encrypt(FleetVersion version, ReadOnlySpan<byte> document, FetchConditions conditions)
    {
        using var compressed = new MemoryStream();
        using (var stream = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(conditions.IfNoneMatch ?? "");
            writer.Write(conditions.IfModifiedSince ?? "");
            writer.Write(document.Length);
            writer.Write(document);
        }

        return _seal.Encrypt(compressed.GetBuffer().AsSpan(0, (int)compressed.Length), Associated(version));
    }

    /// <summary>Decrypts a document; null if it was not encrypted for this environment and version.</summary>
    /// <param name="version">The version in its entry.</param>
    /// <param name="payload">The encrypted document.</param>
    /// <param name="maxBytes">The maximum size of a document.</param>
    public OpenedDocument? TryDecrypt(FleetVersion version, byte[] payload, long maxBytes)
    {
        if (_seal.TryDecrypt(payload, Associated(version)) is not { } compressed)
        {
            return null;
        }

        try
        {
            using var stream = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
            using var reader = new BinaryReader(stream, Encoding.UTF8);
            var (tag, modified, length) = (reader.ReadString(), reader.ReadString(), reader.ReadInt32());
            if (length < 0 || length > maxBytes)
            {
                return null;
            }

            var document = GC.AllocateUninitializedArray<byte>(length);
            stream.ReadExactly(document);
            return string.Equals(DocumentPosition.RevisionOf(document), version.Revision, StringComparison.Ordinal)
                ? new OpenedDocument(document, new FetchConditions(modified.Length == 0 ? null : modified, tag.Length == 0 ? null : tag))
                : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }

    private byte[] Associated(FleetVersion version) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"1 {Id} {version}"));
}
