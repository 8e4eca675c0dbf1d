namespace EdgeProxy.Host.Metrics;

/// <summary>The reasons why a stream ended; the value of the label <c>reason</c> in lower case.</summary>
internal enum StreamEnd
{
    /// <summary>It reached its maximum age.</summary>
    Age,

    /// <summary>The client disconnected.</summary>
    Client,

    /// <summary>The client did not read.</summary>
    Slow,

    /// <summary>The proxy shuts down.</summary>
    Drain,

    /// <summary>The environment is no longer served.</summary>
    Removed,

    /// <summary>A write failed for another reason.</summary>
    Failed,
}
