namespace EdgeProxy.Host.Streams;

/// <summary>The clients of real-time streams by what they understand besides the events of Flagsmith's service.</summary>
internal enum RealtimeClient
{
    /// <summary>An SDK that parses the stream itself, and may know only the lines that Flagsmith's service sends.</summary>
    Sdk,

    /// <summary>An implementation of EventSource, which keeps the id of the last event.</summary>
    EventSource,

    /// <summary>An EdgeProxy that has this one as its upstream.</summary>
    Follower,
}
