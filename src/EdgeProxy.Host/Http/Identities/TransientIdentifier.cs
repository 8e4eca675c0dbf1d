using System.Security.Cryptography;
using System.Text;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Http.Identities;

/// <summary>
/// Creates the identifier of an identity that has none (docs/spec/sdk-api.md 4.5): from the traits, so that the same traits
/// give the same identity; without traits, a random one each time.
/// </summary>
internal static class TransientIdentifier
{
    /// <summary>The length of an identifier that is made from traits.</summary>
    public const int HashLength = 64;

    private const int RandomBytes = 16;

    /// <summary>Lowercase hex: 64 digits from traits, else 32 random ones.</summary>
    public static byte[] Create(ReadOnlySpan<byte> body, ReadOnlySpan<TraitTokens> traits)
    {
        if (traits.IsEmpty)
        {
            return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes)));
        }

        var texts = new List<(byte[] Key, byte[] Value)>(traits.Length);
        foreach (var trait in traits)
        {
            if (ValueOf(body.Slice(trait.ValueStart, trait.ValueLength)) is { } value)
            {
                texts.Add((TextOf(body.Slice(trait.KeyStart, trait.KeyLength)), value));
            }
        }

        return Create(texts);
    }

    /// <summary>Lowercase hex: 64 digits from traits.</summary>
    /// <param name="traits">Keys and values as text; those that are not null.</param>
    public static byte[] Create(IEnumerable<(byte[] Key, byte[] Value)> traits)
    {
        // UTF-8 sorts like code points; the sort is stable.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (key, value) in traits.OrderBy(static text => text.Key, Comparer<byte[]>.Create(static (x, y) => x.AsSpan().SequenceCompareTo(y))))
        {
            hash.AppendData(key);
            hash.AppendData(value);
        }

        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Formats a value as text; null if it is null or missing.</summary>
    /// <param name="json">The value as JSON.</param>
    public static byte[]? ValueOf(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            return null;
        }

        return json[0] switch
        {
            (byte)'"' => TextOf(json),
            (byte)'n' => null,
            (byte)'t' => "True"u8.ToArray(),
            (byte)'f' => "False"u8.ToArray(),
            _ => Encoding.ASCII.GetBytes(ScalarValue.FromJsonNumber(Encoding.ASCII.GetString(json)).AsText()),
        };
    }

    private static byte[] TextOf(ReadOnlySpan<byte> token)
    {
        var content = token[1..^1];
        var text = new byte[content.Length];
        _ = JsonStrings.TryUnescape(content, text, out var written); // cannot fail: it was read before
        return text[..written];
    }
}
