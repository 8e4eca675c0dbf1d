using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeProxy.Engine.Values;

/// <summary>
/// Numbers texts in the order they come, and finds the number of a text again, all in UTF-8: trait keys, identifiers,
/// feature names. Grows while a snapshot is built; afterwards it is only read, from any number of threads.
/// </summary>
/// <remarks>
/// Keys come from documents, never from requests, so nobody can fill a bucket from outside. All keys share one array:
/// a hundred thousand identifiers are three objects, not a hundred thousand.
/// </remarks>
internal sealed class Utf8Index
{
    private const int MinCapacity = 4;
    private const int MinKeysLength = 64;

    private int[] _buckets = []; // ordinal + 1; 0 is empty
    private Entry[] _entries = [];
    private byte[] _keys = [];
    private int _keysLength;
    private int _maxLength;

    /// <param name="capacity">The expected number of texts.</param>
    public Utf8Index(int capacity = 0)
    {
        if (capacity > 0)
        {
            Resize(capacity);
        }
    }

    /// <summary>The number of texts.</summary>
    public int Count { get; private set; }

    /// <summary>The text of that number.</summary>
    public ReadOnlySpan<byte> this[int ordinal] => _keys.AsSpan(_entries[ordinal].Offset, _entries[ordinal].Length);

    /// <summary>The number of a text; a new text gets the next one.</summary>
    public int Add(ReadOnlySpan<byte> key)
    {
        var hash = HashOf(key);
        var found = Find(key, hash);
        if (found >= 0)
        {
            return found;
        }

        if (Count == _entries.Length)
        {
            Resize(Math.Max(MinCapacity, Count * 2));
        }

        if (_keys.Length - _keysLength < key.Length)
        {
            ResizeKeys(Math.Max(checked(_keysLength + key.Length), Math.Max(MinKeysLength, _keys.Length * 2)));
        }

        key.CopyTo(_keys.AsSpan(_keysLength));
        _entries[Count] = new Entry { Hash = hash, Offset = _keysLength, Length = key.Length };
        _keysLength += key.Length;
        _maxLength = Math.Max(_maxLength, key.Length);
        Link(Count);
        return Count++;
    }

    /// <summary>The number of a text, or -1.</summary>
    public int Find(ReadOnlySpan<byte> key) => Count == 0 || key.Length > _maxLength ? -1 : Find(key, HashOf(key));

    /// <summary>Releases the room for more texts, of an index that is complete.</summary>
    public void Trim()
    {
        if (Count < _entries.Length)
        {
            Resize(Count);
        }

        if (_keysLength < _keys.Length)
        {
            ResizeKeys(_keysLength);
        }
    }

    private int Find(ReadOnlySpan<byte> key, uint hash)
    {
        if (Count == 0)
        {
            return -1;
        }

        var next = _buckets[hash & (uint)(_buckets.Length - 1)] - 1;
        while (next >= 0)
        {
            ref readonly var entry = ref _entries[next];
            if (entry.Hash == hash && key.SequenceEqual(_keys.AsSpan(entry.Offset, entry.Length)))
            {
                return next;
            }

            next = entry.Next;
        }

        return -1;
    }

    private void Link(int ordinal)
    {
        ref var bucket = ref _buckets[_entries[ordinal].Hash & (uint)(_buckets.Length - 1)];
        _entries[ordinal].Next = bucket - 1;
        bucket = ordinal + 1;
    }

    private void Resize(int capacity)
    {
        Array.Resize(ref _entries, capacity);
        var buckets = (int)BitOperations.RoundUpToPowerOf2((uint)capacity);
        if (buckets != _buckets.Length)
        {
            _buckets = new int[buckets];
            for (var ordinal = 0; ordinal < Count; ordinal++)
            {
                Link(ordinal);
            }
        }
    }

    private void ResizeKeys(int length)
    {
        var keys = GC.AllocateUninitializedArray<byte>(length);
        _keys.AsSpan(0, _keysLength).CopyTo(keys);
        _keys = keys;
    }

    /// <summary>A fast hash; the same for the same bytes, in this process.</summary>
    public static uint HashOf(ReadOnlySpan<byte> key)
    {
        const ulong Mix = 0x9E3779B97F4A7C15;
        var hash = (ulong)key.Length * Mix;
        ref var start = ref MemoryMarshal.GetReference(key);
        if (key.Length < sizeof(ulong))
        {
            return (uint)(((BitOperations.RotateLeft(hash, 23) ^ ReadShort(ref start, key.Length)) * Mix) >> 32);
        }

        for (var at = 0; at < key.Length - sizeof(ulong); at += sizeof(ulong))
        {
            hash = (BitOperations.RotateLeft(hash, 23) ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at))) * Mix;
        }

        // The last eight bytes, of which some may have been read already.
        hash = (BitOperations.RotateLeft(hash, 23) ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, key.Length - sizeof(ulong)))) * Mix;
        return (uint)(hash >> 32);
    }

    /// <summary>All bytes of a text of less than eight, which may overlap; different for different texts of the same length.</summary>
    private static ulong ReadShort(ref byte start, int length)
    {
        if (length >= sizeof(uint))
        {
            return Unsafe.ReadUnaligned<uint>(ref start) | ((ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, length - sizeof(uint))) << 32);
        }

        return length == 0 ? 0 : start | ((uint)Unsafe.Add(ref start, length / 2) << 8) | ((uint)Unsafe.Add(ref start, length - 1) << 16);
    }

    private struct Entry
    {
        public uint Hash;
        public int Offset;
        public int Length;
        public int Next;
    }
}
