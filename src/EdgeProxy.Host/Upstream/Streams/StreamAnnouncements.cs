using System.Net.ServerSentEvents;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Upstream.Streams;

/// <summary>
/// Has the document fetched when an event of the stream announces a change (docs/spec/realtime.md 7.3): after a random
/// delay, so that a fleet does not ask in one instant, and with all events of that delay in one.
/// </summary>
internal sealed class StreamAnnouncements : IDisposable
{
    private const string Because = "the stream announced a change";

    /// <summary>The time between two fetches because of events without a time.</summary>
    private static readonly TimeSpan MinBetweenUndated = TimeSpan.FromSeconds(10);

    private readonly EnvironmentState _environment;
    private readonly TimeSpan _jitter;
    private readonly TimeProvider _time;
    private readonly DelayedCall _dated;
    private readonly DelayedCall _undated;
    private readonly Lock _lock = new();
    private AnnouncedChange? _newest;
    private long? _lastUndated;

    /// <param name="environment">The environment.</param>
    /// <param name="jitter">The maximum of the random delay.</param>
    /// <param name="time">The clock.</param>
    public StreamAnnouncements(EnvironmentState environment, TimeSpan jitter, TimeProvider time)
    {
        _environment = environment;
        _jitter = jitter;
        _time = time;
        _dated = new DelayedCall(AnnounceDated, time);
        _undated = new DelayedCall(AnnounceUndated, time);
    }

    /// <summary>Handles an event. Events come one at a time.</summary>
    public UpstreamStreamEventOutcome Receive(SseItem<StreamedChange> item)
    {
        if (!item.Data.IsUsable || (item.Data.UpdatedAt is { } time && !ChangeTime.IsPlausible(time, _time.GetUtcNow())))
        {
            return UpstreamStreamEventOutcome.Ignored;
        }

        var revision = string.IsNullOrEmpty(item.EventId) ? null : item.EventId;
        if (item.Data.UpdatedAt is null && revision is null)
        {
            _undated.Request(UntilNextUndated());
            return UpstreamStreamEventOutcome.Change;
        }

        var change = new AnnouncedChange(ChangeSource.Stream, item.Data.UpdatedAt, revision) { Timestamp = _time.GetTimestamp() };
        if (change.IsKnownBy(_environment.Current?.Document))
        {
            return UpstreamStreamEventOutcome.Known;
        }

        lock (_lock)
        {
            _newest = _newest is { } earlier ? (change.Replaces(earlier) ? change : earlier) with { Timestamp = earlier.Timestamp } : change;
        }

        // Below an EdgeProxy are few instances, and it has the document.
        var isOneOfMany = revision is null && _environment.IsFetchedForOthers?.Invoke() != true;
        _dated.Request(isOneOfMany ? _jitter * Random.Shared.NextDouble() : TimeSpan.Zero);
        return UpstreamStreamEventOutcome.Change;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _dated.Dispose();
        _undated.Dispose();
    }

    private TimeSpan UntilNextUndated()
    {
        lock (_lock)
        {
            return _lastUndated is { } last ? MinBetweenUndated - _time.GetElapsedTime(last) : TimeSpan.Zero;
        }
    }

    private void AnnounceDated()
    {
        AnnouncedChange? change;
        lock (_lock)
        {
            (change, _newest) = (_newest, null);
        }

        if (change is not null)
        {
            _environment.Announce(change, Because);
        }
    }

    private void AnnounceUndated()
    {
        lock (_lock)
        {
            _lastUndated = _time.GetTimestamp();
        }

        _environment.Announce(updatedAt: null, ChangeSource.Stream, Because);
    }
}
