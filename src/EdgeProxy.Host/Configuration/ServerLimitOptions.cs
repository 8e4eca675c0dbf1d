namespace EdgeProxy.Host.Configuration;

/// <summary>What one client may take from the others.</summary>
internal sealed record ServerLimitOptions
{
    /// <summary>The longest request line, in bytes. Default 32 KiB.</summary>
    public int MaxRequestLineBytes { get; init; } = 32 * 1024;

    /// <summary>The headers of a request together, in bytes. Default 32 KiB.</summary>
    public int MaxHeaderBytes { get; init; } = 32 * 1024;

    /// <summary>How many headers a request may have. Default 100.</summary>
    public int MaxHeaders { get; init; } = 100;

    /// <summary>How long the headers of a request may take. Default 15 s; greater than 0.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The bytes a second below which a client that sends a body, or reads an answer, is cut off; 0 for none. Default 240,
    /// the server's own.
    /// </summary>
    public int MinBytesPerSecond { get; init; } = 240;

    /// <summary>How many connections there may be at the same time. Default 10,000.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>How many traits a request may have. Default 1,000.</summary>
    public int MaxTraits { get; init; } = 1000;

    /// <summary>How many requests may wait for the rest of their bodies at the same time. Default 1,000.</summary>
    public int MaxConcurrentRequests { get; init; } = 1000;

    /// <summary>How long a request may wait for its turn before requests are shed; zero for ever. Default 50 ms.</summary>
    public TimeSpan MaxQueueDelay { get; init; } = TimeSpan.FromMilliseconds(50);
}
