using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Streams;

/// <summary>
/// A kind of stream: its times, the spelling of its events, and the event that a client gets when it connects. Instances
/// are shared by all streams of the kind, so that an event is spelled once for each environment and change.
/// </summary>
internal abstract class StreamFormat
{
    /// <summary>The kind in metrics.</summary>
    public abstract StreamKind Kind { get; }

    /// <summary>The times.</summary>
    public abstract StreamTiming Timing { get; }

    /// <summary>The value of <c>Cache-Control</c>.</summary>
    public abstract StringValues CacheControl { get; }

    /// <summary>Indicates whether its streams get an event before those of other formats: others depend on its clients.</summary>
    public virtual bool IsFirst => false;

    /// <summary>
    /// Indicates whether a client that connected before the environment was loaded gets an event when it is: what it asked
    /// for meanwhile was refused, and it does not ask again by itself.
    /// </summary>
    public virtual bool AnnouncesLoading => false;

    /// <summary>The bytes that begin a stream, written together with the head of the answer.</summary>
    /// <param name="retry">The time after which the client is to reconnect.</param>
    /// <param name="revision">
    /// The revision of the environment; null if it is not loaded, or if an event follows at once, which names it.
    /// </param>
    public abstract byte[] Opening(TimeSpan retry, string? revision);

    /// <summary>The bytes of an event.</summary>
    public abstract byte[] Render(StreamEvent streamEvent);

    /// <summary>Determines the event that a client gets when it connects.</summary>
    /// <param name="environment">The environment, which is loaded.</param>
    /// <param name="lastEventId">The id of the last event that the client got; null if it has none.</param>
    /// <param name="sinceChange">The time since the content changed; null if it is that of the first document.</param>
    /// <returns>The event; null for none.</returns>
    public abstract StreamEvent? OnConnect(EnvironmentState environment, string? lastEventId, TimeSpan? sinceChange);

    /// <summary>The event that announces a change of content: its time is never earlier than the change became visible.</summary>
    protected internal static StreamEvent Announcement(EnvironmentState environment)
    {
        var document = environment.Current!.Document;
        var time = document.UpdatedAt ?? document.ServedSince;
        return new StreamEvent(document.Version, environment.LatestChange?.VisibleAt is { } visible && visible > time ? visible : time, document.UpdatedAt);
    }
}
