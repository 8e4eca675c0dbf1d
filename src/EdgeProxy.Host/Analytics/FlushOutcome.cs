namespace EdgeProxy.Host.Analytics;

/// <summary>The outcome of a request to the upstream.</summary>
internal enum FlushOutcome
{
    /// <summary>The upstream took it.</summary>
    Sent,

    /// <summary>It failed; its counts are sent again.</summary>
    Failed,

    /// <summary>The upstream rejected it for good; its counts are lost.</summary>
    Rejected,
}
