namespace EdgeProxy.Host.Traits;

/// <summary>
/// The traits that the API confirmed last, of the identities used most recently. Identities and traits are hashes, so that
/// each takes the same memory, and nothing personal is kept.
/// </summary>
internal sealed class ConfirmedTraits
{
    private const int None = -1;
    private const int FirstSize = 256;

    // The time for which an instance relies on its own memory while others may send traits of the same identity.
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(10);

    private readonly Dictionary<UInt128, int> _places = [];
    private readonly int _size;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _time;
    private Entry[] _entries = [];
    private int _newest = None;
    private int _oldest = None;
    private int _count;

    /// <param name="size">The largest number of identities.</param>
    /// <param name="lifetime">The lifetime of a confirmation; 0 for none.</param>
    /// <param name="time">The clock.</param>
    public ConfirmedTraits(int size, TimeSpan lifetime, TimeProvider time)
    {
        _size = size;
        _lifetime = lifetime;
        _time = time;
    }

    /// <summary>The number of identities.</summary>
    public int Count => _count;

    /// <summary>Looks an identity up, and makes it the one that was used last.</summary>
    /// <param name="identity">The identity.</param>
    /// <param name="isShared">True if other instances may have sent its traits: then only what was confirmed or compared just now counts.</param>
    /// <returns>The hashes of its traits, and of those of a request that says the same; null if nothing is known, or it is too old.</returns>
    public (UInt128 Traits, UInt128? Sent)? Find(UInt128 identity, bool isShared = false)
    {
        if (!_places.TryGetValue(identity, out var place) || IsOver(in _entries[place]) || (isShared && _time.GetElapsedTime(_entries[place].ComparedAt) >= Trust))
        {
            return null;
        }

        if (place != _newest)
        {
            Unlink(place);
            LinkAsNewest(place);
        }

        return (_entries[place].Traits, _entries[place].Sent);
    }

    /// <summary>Notes how a request looked that says what is confirmed already.</summary>
    public void SetSent(UInt128 identity, UInt128 sent)
    {
        if (_places.TryGetValue(identity, out var place) && _entries[place].Sent != sent)
        {
            _entries[place].Sent = sent;
        }
    }

    /// <summary>Sets the traits of an identity; the one that was not used for the longest time makes room.</summary>
    public void Set(UInt128 identity, UInt128 traits)
    {
        if (_lifetime == TimeSpan.Zero)
        {
            return;
        }

        if (_places.TryGetValue(identity, out var place))
        {
            Unlink(place);
        }
        else
        {
            place = TakePlace();
            _places[identity] = place;
        }

        var now = _time.GetTimestamp();
        _entries[place] = new Entry { Identity = identity, Traits = traits, ConfirmedAt = now, ComparedAt = now };
        LinkAsNewest(place);
    }

    /// <summary>
    /// Notes that the fleet remembers an identity. What only others sent is known for a short time: when it was confirmed is not
    /// known here.
    /// </summary>
    /// <param name="identity">The identity.</param>
    /// <param name="traits">Its traits; null if they are not known.</param>
    public void SetFound(UInt128 identity, UInt128? traits)
    {
        if (_places.TryGetValue(identity, out var place) && !_entries[place].IsFound && !IsOver(in _entries[place]) && (traits is null || _entries[place].Traits == traits))
        {
            _entries[place].ComparedAt = _time.GetTimestamp();
            return;
        }

        Set(identity, traits ?? default);
        if (_places.TryGetValue(identity, out place))
        {
            _entries[place].IsFound = true;
        }
    }

    private bool IsOver(in Entry entry)
    {
        var lifetime = entry.IsFound && Trust < _lifetime ? Trust : _lifetime;
        return _time.GetElapsedTime(entry.ConfirmedAt) >= lifetime;
    }

    private int TakePlace()
    {
        if (_count == _size)
        {
            var oldest = _oldest;
            Unlink(oldest);
            _places.Remove(_entries[oldest].Identity);
            return oldest;
        }

        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, Math.Min(_size, Math.Max(FirstSize, _entries.Length * 2)));
        }

        return _count++;
    }

    private void Unlink(int place)
    {
        var (newer, older) = (_entries[place].Newer, _entries[place].Older);
        if (newer == None)
        {
            _newest = older;
        }
        else
        {
            _entries[newer].Older = older;
        }

        if (older == None)
        {
            _oldest = newer;
        }
        else
        {
            _entries[older].Newer = newer;
        }
    }

    private void LinkAsNewest(int place)
    {
        _entries[place].Newer = None;
        _entries[place].Older = _newest;
        if (_newest == None)
        {
            _oldest = place;
        }
        else
        {
            _entries[_newest].Newer = place;
        }

        _newest = place;
    }

    private struct Entry
    {
        public UInt128 Identity;
        public UInt128 Traits;
        public UInt128? Sent;
        public long ConfirmedAt;
        public long ComparedAt;
        public bool IsFound;
        public int Newer;
        public int Older;
    }
}
