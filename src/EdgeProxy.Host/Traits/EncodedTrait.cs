using System.Buffers;
using System.Runtime.InteropServices;

namespace EdgeProxy.Host.Traits;

/// <summary>
/// A trait of an encoded set. A set is a sequence of traits, sorted by key, each key once: the lengths of key and value, the
/// key as text, the value as JSON. Equal sets have equal bytes.
/// </summary>
internal readonly ref struct EncodedTrait
{
    private const int HeaderLength = 2 * sizeof(int);

    private EncodedTrait(ReadOnlySpan<byte> set)
    {
        var keyLength = MemoryMarshal.Read<int>(set);
        var valueLength = MemoryMarshal.Read<int>(set[sizeof(int)..]);
        Bytes = set[..(HeaderLength + keyLength + valueLength)];
        Key = Bytes.Slice(HeaderLength, keyLength);
        Value = Bytes[(HeaderLength + keyLength)..];
    }

    /// <summary>The trait with its lengths.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>The key.</summary>
    public ReadOnlySpan<byte> Key { get; }

    /// <summary>The value as JSON.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Takes the first trait off a set.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> set, out EncodedTrait trait)
    {
        if (set.IsEmpty)
        {
            trait = default;
            return false;
        }

        trait = new EncodedTrait(set);
        set = set[trait.Bytes.Length..];
        return true;
    }

    /// <summary>Writes a trait behind others.</summary>
    public static void Write(ArrayBufferWriter<byte> set, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var room = set.GetSpan(HeaderLength + key.Length + value.Length);
        MemoryMarshal.Write(room, key.Length);
        MemoryMarshal.Write(room[sizeof(int)..], value.Length);
        key.CopyTo(room[HeaderLength..]);
        value.CopyTo(room[(HeaderLength + key.Length)..]);
        set.Advance(HeaderLength + key.Length + value.Length);
    }

    /// <summary>The length of the keys and values of a set.</summary>
    public static int TextLength(ReadOnlySpan<byte> set)
    {
        var length = 0;
        while (TryRead(ref set, out var trait))
        {
            length += trait.Key.Length + trait.Value.Length;
        }

        return length;
    }

    /// <summary>Writes the union of two sets; of a key in both, the newer value.</summary>
    public static void Merge(ReadOnlySpan<byte> older, ReadOnlySpan<byte> newer, ArrayBufferWriter<byte> merged)
    {
        var hasOlder = TryRead(ref older, out var left);
        var hasNewer = TryRead(ref newer, out var right);
        while (hasOlder || hasNewer)
        {
            var order = !hasNewer ? -1 : !hasOlder ? 1 : left.Key.SequenceCompareTo(right.Key);
            merged.Write(order < 0 ? left.Bytes : right.Bytes);
            hasOlder = order > 0 ? hasOlder : TryRead(ref older, out left);
            hasNewer = order < 0 ? hasNewer : TryRead(ref newer, out right);
        }
    }

    /// <summary>Writes the traits of a set whose keys another one does not have.</summary>
    public static void Subtract(ReadOnlySpan<byte> set, ReadOnlySpan<byte> keys, ArrayBufferWriter<byte> difference)
    {
        var hasKey = TryRead(ref keys, out var key);
        while (TryRead(ref set, out var trait))
        {
            while (hasKey && key.Key.SequenceCompareTo(trait.Key) < 0)
            {
                hasKey = TryRead(ref keys, out key);
            }

            if (!hasKey || !key.Key.SequenceEqual(trait.Key))
            {
                difference.Write(trait.Bytes);
            }
        }
    }
}
