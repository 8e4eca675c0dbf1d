namespace EdgeProxy.Host.Streams;

/// <summary>The formats of real-time streams, one for each kind of client.</summary>
internal sealed class RealtimeFormats
{
    // Implementations of EventSource keep ids; parsers of SDKs, which have other user agents, are not given lines that they may not know.
    private static readonly string[] EventSources = ["Mozilla/", "node"];
    private const string FollowerAgent = "EdgeProxy/";

    private readonly RealtimeFormat _sdk;
    private readonly RealtimeFormat _eventSource;
    private readonly RealtimeFormat _follower;

    public RealtimeFormats(StreamOptions options)
    {
        _sdk = new RealtimeFormat(options, RealtimeClient.Sdk);
        _eventSource = new RealtimeFormat(options, RealtimeClient.EventSource);
        _follower = new RealtimeFormat(options, RealtimeClient.Follower);
    }

    /// <summary>The format for a client.</summary>
    /// <param name="userAgent">Its user agent; empty if it sent none.</param>
    public RealtimeFormat For(string userAgent) =>
        userAgent.StartsWith(FollowerAgent, StringComparison.Ordinal) ? _follower
        : Array.Exists(EventSources, prefix => userAgent.StartsWith(prefix, StringComparison.Ordinal)) ? _eventSource
        : _sdk;
}
