namespace EdgeProxy.Host.Server;

/// <summary>
/// Ensures that no connection occupies a thread that serves many. A connection whose next request is always available would
/// never yield; while requests of several connections alternate, nothing needs to be done.
/// </summary>
internal static class ConnectionFairness
{
    // Some milliseconds of requests.
    private const int MaxConsecutiveRequests = 512;

    [ThreadStatic]
    private static int _connection;

    [ThreadStatic]
    private static int _inARow;

    /// <summary>Counts a request that this thread is about to answer.</summary>
    /// <param name="connection">The number of its connection.</param>
    /// <returns>True if the request must be answered on another thread, so that other connections are served.</returns>
    public static bool ShouldYield(int connection)
    {
        if (_connection != connection)
        {
            _connection = connection;
            _inARow = 0;
        }

        if (++_inARow <= MaxConsecutiveRequests)
        {
            return false;
        }

        _inARow = 0;
        return true;
    }
}
