using System.Security.Cryptography;
using System.Text;

namespace EdgeProxy.Host.Common;

/// <summary>
/// Encrypts content that others can read or replace, with a key derived from a secret of the configuration: AES-256-GCM; a
/// nonce, the tag and the ciphertext.
/// </summary>
internal sealed class DocumentSeal
{
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] _key;

    /// <param name="secret">The secret that the key is derived from.</param>
    /// <param name="purpose">The purpose: each derives another key from the same secret.</param>
    public DocumentSeal(string secret, string purpose)
    {
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), KeyLength, info: Encoding.UTF8.GetBytes($"EdgeProxy {purpose}"));
    }

    /// <summary>Encrypts a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="associated">The associated data; decryption needs the same.</param>
    public byte[] Encrypt(ReadOnlySpan<byte> text, ReadOnlySpan<byte> associated = default)
    {
        var content = new byte[NonceLength + TagLength + text.Length];
        var (nonce, tag, rest) = Parts(content);
        RandomNumberGenerator.Fill(nonce.Span);
        using var cipher = new AesGcm(_key, TagLength);
        cipher.Encrypt(nonce.Span, text, rest.Span, tag.Span, associated);
        return content;
    }

    /// <summary>Decrypts a text; null if it was encrypted with another secret, purpose or associated data, or changed since.</summary>
    /// <param name="content">The encrypted text.</param>
    /// <param name="associated">The associated data of the encryption.</param>
    public byte[]? TryDecrypt(byte[] content, ReadOnlySpan<byte> associated = default)
    {
        if (content.Length < NonceLength + TagLength)
        {
            return null;
        }

        var (nonce, tag, rest) = Parts(content);
        var text = new byte[rest.Length];
        try
        {
            using var cipher = new AesGcm(_key, TagLength);
            cipher.Decrypt(nonce.Span, rest.Span, tag.Span, text, associated);
            return text;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Text) Parts(byte[] content) =>
        (content.AsMemory(0, NonceLength), content.AsMemory(NonceLength, TagLength), content.AsMemory(NonceLength + TagLength));
}
