namespace EdgeProxy.Host.Analytics;

/// <summary>The reason why accepted counts did not reach the upstream.</summary>
internal enum LossReason
{
    /// <summary>The upstream rejected them for good.</summary>
    Rejected,

    /// <summary>The document, once loaded, has no such feature.</summary>
    UnknownFeature,

    /// <summary>The process ended before they could be sent.</summary>
    Shutdown,
}
