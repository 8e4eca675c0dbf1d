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
        if (lastEventId is not null && HasIds)
        {
            return lastEventId == announcement.Revision ? null : announcement;
        }

        if (sinceChange < LiveFor)
        {
            return announcement;
        }

        return sinceChange < RememberedFor || _client == RealtimeClient.Follower
            ? announcement with { Time = announcement.UpdatedAt ?? announcement.Time }
            : null;
    }

    /// <summary>Seconds since 1970: always with a decimal point, with six digits after it at most, and without an exponent.</summary>
    private static string Seconds(DateTimeOffset time) =>
        ((decimal)(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond).ToString("0.0#####", CultureInfo.InvariantCulture);
}
