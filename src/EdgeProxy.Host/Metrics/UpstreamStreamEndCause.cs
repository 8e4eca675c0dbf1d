namespace EdgeProxy.Host.Metrics;

/// <summary>The causes for which a stream of changes ended, or was not opened.</summary>
internal enum UpstreamStreamEndCause
{
    /// <summary>The server ended it properly.</summary>
    Ended,

    /// <summary>Nothing was received for too long.</summary>
    Silent,

    /// <summary>The connection failed.</summary>
    Failed,

    /// <summary>A line or an event was too long.</summary>
    TooLong,

    /// <summary>The answer was no stream of events.</summary>
    NoStream,

    /// <summary>Status 401, 403 or 404.</summary>
    Refused,

    /// <summary>Status 204: the server asks not to be asked again.</summary>
    Dismissed,

    /// <summary>Any other status.</summary>
    Status,
}
