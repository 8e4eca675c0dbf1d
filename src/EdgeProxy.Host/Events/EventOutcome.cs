namespace EdgeProxy.Host.Events;

/// <summary>The outcome of a request with events.</summary>
internal enum EventOutcome
{
    /// <summary>The service accepted it.</summary>
    Accepted,

    /// <summary>The service gave another answer, which the client got.</summary>
    Rejected,

    /// <summary>The service did not answer; the client got 503.</summary>
    Failed,

    /// <summary>Too many were under way; the client got 503.</summary>
    Refused,
}
