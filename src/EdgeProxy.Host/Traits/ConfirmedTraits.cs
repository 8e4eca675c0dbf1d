namespace EdgeProxy.Host.Traits;

/// <summary>
/// The traits that the API confirmed last, of the identities used most recently. Identities and traits are hashes, so that
/// each takes the same memory, and nothing personal is kept.
/// </summary>
internal sealed class ConfirmedTraits
{
    private const int None = -1;
    private const int FirstSize = 256;

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
    /// <returns>The hash of its traits; null if nothing is known, or it is too old.</returns>
    public UInt128? Find(UInt128 identity)
    {
        if (!_places.TryGetValue(identity, out var place) || _time.GetElapsedTime(_entries[place].ConfirmedAt) >= _lifetime)
        {
            return null;
        }

        Unlink(place);
        LinkAsNewest(place);
        return _entries[place].Traits;
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

        _entries[place] = new Entry { Identity = identity, Traits = traits, ConfirmedAt = _time.GetTimestamp() };
        LinkAsNewest(place);
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
        public long ConfirmedAt;
        public int Newer;
        public int Older;
    }
}
