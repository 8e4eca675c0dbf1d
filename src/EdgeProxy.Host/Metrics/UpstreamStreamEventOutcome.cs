namespace EdgeProxy.Host.Metrics;

/// <summary>The outcome of an event of a stream of changes.</summary>
internal enum UpstreamStreamEventOutcome
{
    /// <summary>A change that is not served yet.</summary>
    Change,

    /// <summary>A change that is served already.</summary>
    Known,

    /// <summary>An event of another kind, or with an unusable time.</summary>
    Ignored,
}
