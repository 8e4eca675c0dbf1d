namespace EdgeProxy.Host.Streams;

/// <summary>The maximum number of open streams of all kinds.</summary>
/// <param name="Maximum">The number.</param>
internal sealed record StreamLimit(int Maximum)
{
    private const int ConnectionsPerStream = 2;

    /// <summary>The limit that options give.</summary>
    /// <param name="options">The options.</param>
    /// <param name="maxConnections">The number of connections that the process accepts.</param>
    public static StreamLimit Of(StreamOptions options, int maxConnections) =>
        new(options.MaxStreams ?? Math.Max(1, maxConnections / ConnectionsPerStream));
}
