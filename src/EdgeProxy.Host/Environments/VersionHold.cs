namespace EdgeProxy.Host.Environments;

/// <summary>The version of an environment that is held, and the one that was released. Thread-safe.</summary>
internal sealed class VersionHold
{
    private readonly Lock _lock = new();
    private volatile HeldVersion? _current;
    private UInt128? _released;
    private ITimer? _timer;

    /// <summary>The version that is held; null if there is none.</summary>
    public HeldVersion? Current => _current;

    /// <summary>Raised after a version was released: it is to be published. On the thread that released it; handlers must not throw.</summary>
    public event EventHandler? Released;

    /// <summary>Determines whether a document is the held one, byte by byte, and not released.</summary>
    public bool IsHeld(ReadOnlySpan<byte> document)
    {
        lock (_lock)
        {
            return _current is { Document: { } held } current && _released != current.Content && held.Span.SequenceEqual(document);
        }
    }

    /// <summary>Determines whether a version was released.</summary>
    public bool IsReleased(UInt128 content)
    {
        lock (_lock)
        {
            return _released == content;
        }
    }

    /// <summary>Holds a version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="timer">Releases it later; null if only an operator does.</param>
    public void Begin(HeldVersion version, ITimer? timer)
    {
        ITimer? before;
        lock (_lock)
        {
            before = _timer;
            _timer = timer;
            _released = null;
            _current = version;
        }

        before?.Dispose();
    }

    /// <summary>Replaces the document of the held version by another form of the same.</summary>
    public void Replace(HeldVersion version) => _current = version;

    /// <summary>Releases the held version.</summary>
    /// <param name="version">The version; null for the one that is held.</param>
    /// <returns>The version; null if it is not held any more.</returns>
    public HeldVersion? Release(HeldVersion? version = null)
    {
        HeldVersion? current;
        lock (_lock)
        {
            current = _current;
            if (current is null || (version is not null && version.Content != current.Content))
            {
                return null;
            }

            _released = current.Content;
        }

        Released?.Invoke(this, EventArgs.Empty);
        return current;
    }

    /// <summary>Ends the hold: another version is served, or the held one is.</summary>
    /// <returns>The version that was held; null if there was none.</returns>
    public HeldVersion? End()
    {
        HeldVersion? version;
        ITimer? before;
        lock (_lock)
        {
            (version, before) = (_current, _timer);
            (_current, _timer, _released) = (null, null, null);
        }

        before?.Dispose();
        return version;
    }
}
