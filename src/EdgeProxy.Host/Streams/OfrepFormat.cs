using System.Globalization;
using System.Text;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http.Ofrep;
using EdgeProxy.Host.Metrics;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Streams;

/// <summary>The event stream of OFREP (docs/spec/ofrep.md 11).</summary>
internal sealed class OfrepFormat : StreamFormat
{
    private const string Ready = "{\"type\":\"ready\"}";

    private static readonly StringValues NoStore = "no-store";

    // Longer than between two polls, by default. The request that follows an event may reach an instance that is behind and does
    // not catch up in time, and so may any other request meanwhile: the page would keep what it got.
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromSeconds(12);

    // A page that connects so soon after a change may have asked an instance that did not have it yet.
    private static readonly TimeSpan LiveFor = TimeSpan.FromSeconds(60);

    /// <param name="options">The maximum age.</param>
    public OfrepFormat(OfrepOptions options)
    {
        Timing = new StreamTiming
        {
            MaxAge = options.MaxStreamAge,
            AgeJitter = 0.2,
            Heartbeat = TimeSpan.FromSeconds(25),
            WriteTimeout = TimeSpan.FromSeconds(10),
            MinRetry = TimeSpan.FromSeconds(2),
            MaxRetry = TimeSpan.FromSeconds(10),
            RepeatAfter = RepeatAfter,
        };
    }

    /// <inheritdoc/>
    public override StreamKind Kind => StreamKind.Ofrep;

    /// <inheritdoc/>
    public override StreamTiming Timing { get; }

    /// <inheritdoc/>
    public override StringValues CacheControl => NoStore;

    /// <inheritdoc/>
    public override bool AnnouncesLoading => true;

    /// <inheritdoc/>
    public override byte[] Opening(TimeSpan retry, string? revision)
    {
        // Clients ignore an event of an unknown type, but keep its id.
        var text = string.Create(CultureInfo.InvariantCulture, $"retry: {(int)retry.TotalMilliseconds}\n\n");
        return Encoding.ASCII.GetBytes(revision is null ? text : text + EventOf(revision, Ready));
    }

    /// <inheritdoc/>
    public override byte[] Render(StreamEvent streamEvent)
    {
        var time = IsoTime.Format((streamEvent.UpdatedAt ?? streamEvent.Time).ToUniversalTime());
        return Encoding.ASCII.GetBytes(EventOf(
            streamEvent.Revision, $"{{\"type\":\"refetchEvaluation\",\"etag\":\"{streamEvent.Revision}\",\"lastModified\":\"{time}\"}}"));
    }

    /// <inheritdoc/>
    public override StreamEvent? OnConnect(EnvironmentState environment, string? lastEventId, TimeSpan? sinceChange)
    {
        var announcement = Announcement(environment);
        return (lastEventId is null ? sinceChange < LiveFor : lastEventId != announcement.Revision) ? announcement : null;
    }

    private static string EventOf(string revision, string data) => $"event: message\nid: {revision}\ndata: {data}\n\n";
}
