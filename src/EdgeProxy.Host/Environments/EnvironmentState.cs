namespace EdgeProxy.Host.Environments;

/// <summary>
/// A served environment: its keys, and its current version, which requests read once. Written only by whoever fetches
/// the environment's documents.
/// </summary>
internal sealed class EnvironmentState
{
    private volatile PublishedEnvironment? _current;
    private long _lastFetchTicks;

    /// <param name="clientSideKey">The client-side key.</param>
    /// <param name="serverSideKey">The server-side key.</param>
    /// <param name="isOffline">Whether its document comes from a file or the program itself, and so cannot get stale.</param>
    public EnvironmentState(string clientSideKey, string serverSideKey, bool isOffline)
    {
        ClientSideKey = clientSideKey;
        ServerSideKey = serverSideKey;
        IsOffline = isOffline;
    }

    /// <summary>The client-side key.</summary>
    public string ClientSideKey { get; }

    /// <summary>The server-side key.</summary>
    public string ServerSideKey { get; }

    /// <summary>Whether it is served without an upstream.</summary>
    public bool IsOffline { get; }

    /// <summary>The current version; null until the first document was compiled.</summary>
    public PublishedEnvironment? Current => _current;

    /// <summary>When a document was last fetched, or said to be unchanged; null until then.</summary>
    public DateTimeOffset? LastSuccessfulFetch
    {
        get
        {
            var ticks = Volatile.Read(ref _lastFetchTicks);
            return ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
        }
    }

    /// <summary>Puts another version in place: the one write that a change of the environment is for requests.</summary>
    public void Publish(PublishedEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        _current = environment;
    }

    /// <summary>Notes that the upstream answered, with a document or that there is none newer.</summary>
    public void Fetched(DateTimeOffset now) => Volatile.Write(ref _lastFetchTicks, now.UtcTicks);
}
