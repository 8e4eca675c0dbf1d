using System.Globalization;
using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Streams;

/// <summary>Flagsmith's real-time stream (docs/spec/realtime.md 5).</summary>
internal sealed class RealtimeFormat : StreamFormat
{
    private static readonly StringValues NoCache = "no-cache, no-transform";

    // docs/spec/realtime.md 5.4: the longest time between two streams of a client; in it, a client may have missed the live event.
    private static readonly TimeSpan LiveFor = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(5);

    private readonly RealtimeClient _client;

    /// <param name="options">The maximum age.</param>
    /// <param name="client">The clients of these streams.</param>
    public RealtimeFormat(StreamOptions options, RealtimeClient client)
    {
        _client = client;
        Timing = new StreamTiming
        {
            MaxAge = options.MaxRealtimeAge,
            AgeJitter = 0.1,
            Heartbeat = TimeSpan.FromSeconds(15),
            WriteTimeout = TimeSpan.FromSeconds(30),
            MinRetry = TimeSpan.FromSeconds(5),
            MaxRetry = TimeSpan.FromSeconds(15),
        };
    }

    /// <inheritdoc/>
    public override StreamKind Kind => StreamKind.Realtime;

    /// <inheritdoc/>
    public override StreamTiming Timing { get; }

    /// <inheritdoc/>
    public override StringValues CacheControl => NoCache;

    /// <inheritdoc/>
    public override bool IsFirst => _client == RealtimeClient.Follower;

    private bool HasIds => _client != RealtimeClient.Sdk;

    /// <inheritdoc/>
    public override byte[] Opening(TimeSpan retry, string? revision)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $":\nretry: {(int)retry.TotalMilliseconds}\n");
        return Encoding.ASCII.GetBytes(HasIds && revision is not null ? $"{text}id: {revision}\n\n" : $"{text}\n");
    }

    /// <inheritdoc/>
    public override byte[] Render(StreamEvent streamEvent)
    {
        var id = HasIds ? $"id: {streamEvent.Revision}\n" : "";
        return Encoding.ASCII.GetBytes($"event: environment_updated\n{id}data: {{\"updated_at\": {Seconds(streamEvent.Time)}}}\n\n");
    }

    /// <inheritdoc/>
    public override StreamEvent? OnConnect(EnvironmentState environment, string? lastEventId, TimeSpan? sinceChange)
    {
        var announcement = Announcement(environment);
        lastEventId = HasIds ? lastEventId : null;
        var settled = announcement with { Time = announcement.UpdatedAt ?? announcement.Time };
        if (_client == RealtimeClient.Follower && lastEventId == announcement.Revision)
        {
            return null; // it asks again until it has the document of an event
        }

        if (lastEventId is not null && lastEventId != announcement.Revision)
        {
            return announcement;
        }

        // A client that got the event may have ignored it, as Flagsmith's SDK for browsers does while it fetches: the
        // document's own time makes it fetch if what it has is older, and only then.
        return sinceChange < LiveFor && lastEventId is null ? announcement
            : sinceChange < RememberedFor || _client == RealtimeClient.Follower ? settled
            : null;
    }

    /// <summary>Seconds since 1970: always with a decimal point, with six digits after it at most, and without an exponent.</summary>
    private static string Seconds(DateTimeOffset time) =>
        ((decimal)(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond).ToString("0.0#####", CultureInfo.InvariantCulture);
}
