namespace EdgeProxy.Host.Persistence.Analytics;

/// <summary>The file of an environment's counts, as far as this process knows.</summary>
/// <param name="name">The entry, a <see cref="StoredDocumentName"/>.</param>
internal sealed class CountFile(string name)
{
    private const int MaxPending = 4;

    private volatile bool _exists;
    private int _pending;

    /// <summary>The entry, a <see cref="StoredDocumentName"/>.</summary>
    public string Name { get; } = name;

    /// <summary>Held by the one operation that uses the file.</summary>
    public Lock InUse { get; } = new();

    /// <summary>Indicates whether this instance has a file of the entry, or is about to write it.</summary>
    public bool Exists
    {
        get => _exists;
        set => _exists = value;
    }

    /// <summary>Enters an operation, unless a disk that does not answer has too many already.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _pending) <= MaxPending)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>Ends an operation.</summary>
    public void Leave() => Interlocked.Decrement(ref _pending);
}
