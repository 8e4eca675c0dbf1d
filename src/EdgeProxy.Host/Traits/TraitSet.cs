using System.Buffers;
using EdgeProxy.Host.Http.Identities;

namespace EdgeProxy.Host.Traits;

/// <summary>Sorts the traits of a record into an encoded set (<see cref="EncodedTrait"/>). Used over and over.</summary>
internal sealed class TraitSet
{
    /// <summary>The largest number of characters of a key that the API accepts.</summary>
    public const int MaxKeyLength = 200;

    private readonly ArrayBufferWriter<byte> _text = new(4096);
    private readonly ArrayBufferWriter<byte> _encoded = new(4096);
    private readonly ByKey _order;
    private Place[] _places = new Place[64];
    private int _count;

    public TraitSet()
    {
        _order = new ByKey(this);
    }

    /// <summary>Removes all traits.</summary>
    public void Clear()
    {
        _text.ResetWrittenCount();
        _count = 0;
    }

    /// <summary>Adds a trait.</summary>
    /// <param name="key">The key with its escapes.</param>
    /// <param name="value">The value as JSON.</param>
    /// <returns>False if the API would reject the key: it is blank, or too long.</returns>
    public bool TryAdd(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var start = _text.WrittenCount;
        var room = _text.GetSpan(key.Length + value.Length);
        if (!JsonStrings.TryUnescape(key, room, out var length) || JsonStrings.IsBlank(room[..length]) || JsonStrings.IsLongerThan(room[..length], MaxKeyLength))
        {
            return false;
        }

        value.CopyTo(room[length..]);
        _text.Advance(length + value.Length);
        if (_count == _places.Length)
        {
            Array.Resize(ref _places, _places.Length * 2);
        }

        _places[_count] = new Place(start, length, value.Length, _count);
        _count++;
        return true;
    }

    /// <summary>The traits as an encoded set, valid until the next call; of several with the same key the last one.</summary>
    public ReadOnlySpan<byte> Encode()
    {
        var places = _places.AsSpan(0, _count);
        if (_count > 1)
        {
            places.Sort(_order);
        }

        _encoded.ResetWrittenCount();
        for (var i = 0; i < places.Length; i++)
        {
            var key = KeyOf(in places[i]);
            if (i + 1 == places.Length || !key.SequenceEqual(KeyOf(in places[i + 1])))
            {
                EncodedTrait.Write(_encoded, key, _text.WrittenSpan.Slice(places[i].Start + places[i].KeyLength, places[i].ValueLength));
            }
        }

        return _encoded.WrittenSpan;
    }

    private ReadOnlySpan<byte> KeyOf(in Place place) => _text.WrittenSpan.Slice(place.Start, place.KeyLength);

    private readonly record struct Place(int Start, int KeyLength, int ValueLength, int Order);

    private sealed class ByKey(TraitSet set) : IComparer<Place>
    {
        public int Compare(Place x, Place y) =>
            set.KeyOf(in x).SequenceCompareTo(set.KeyOf(in y)) is var byKey and not 0 ? byKey : x.Order.CompareTo(y.Order);
    }
}
