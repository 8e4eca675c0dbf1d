using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EdgeProxy.Host.Fleet;

/// <summary>
/// The names of an environment's identities in the store, and the form of their traits there: hashes with keys derived from
/// its server-side key, so that nobody without that key can tell who they are, or make the fleet believe that traits were
/// forwarded which were not (docs/spec/fleet.md 6.1).
/// </summary>
internal sealed class SealedIdentities
{
    private const int KeyLength = 32;

    private readonly byte[] _identityKey;
    private readonly byte[] _traitKey;

    /// <param name="serverSideKey">The environment's server-side key.</param>
    public SealedIdentities(string serverSideKey)
    {
        _identityKey = KeyOf(serverSideKey, "EdgeProxy fleet identities");
        _traitKey = KeyOf(serverSideKey, "EdgeProxy fleet traits");
    }

    /// <summary>Hashes an identity and its traits. Equal traits of two identities have different hashes.</summary>
    /// <param name="identifier">The identifier.</param>
    /// <param name="traits">The traits, in a form that is the same for equal ones.</param>
    public IdentityDigest DigestOf(ReadOnlySpan<byte> identifier, ReadOnlySpan<byte> traits)
    {
        Span<byte> identity = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_identityKey, identifier, identity);

        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _traitKey);
        hash.AppendData(identity);
        hash.AppendData(traits);
        hash.GetHashAndReset(digest);
        return new IdentityDigest(BinaryPrimitives.ReadUInt128BigEndian(identity), BinaryPrimitives.ReadUInt128BigEndian(digest));
    }

    private static byte[] KeyOf(string serverSideKey, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(serverSideKey), KeyLength, info: Encoding.UTF8.GetBytes(purpose));
}
