using System.Text.Json;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Operations;

/// <summary>
/// The listing of environments for operators: version, freshness, origin and last error. Without complete keys, and with no
/// content of documents but the names of features that are not used.
/// </summary>
internal sealed class EnvironmentListing
{
    private static readonly TimeSpan UnusedAfter = TimeSpan.FromDays(7);

    private readonly EnvironmentRegistry _registry;
    private readonly HealthMonitor _health;
    private readonly TraitForwardingOptions _traitForwarding;
    private readonly TraitSources _traits;
    private readonly FlagCountsLedger _flagCounts;
    private readonly TimeProvider _time;

    public EnvironmentListing(
        EnvironmentRegistry registry,
        HealthMonitor health,
        TraitForwardingOptions traitForwarding,
        TraitSources traits,
        FlagCountsLedger flagCounts,
        TimeProvider time)
    {
        _traitForwarding = traitForwarding;
        _traits = traits;
        _registry = registry;
        _health = health;
        _flagCounts = flagCounts;
        _time = time;
    }

    /// <summary>Writes an array with an object for each environment.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var environment in _registry.Environments)
        {
            Write(writer, environment);
        }

        writer.WriteEndArray();
    }

    private void Write(Utf8JsonWriter writer, EnvironmentState environment)
    {
        var current = environment.Current;
        var freshness = environment.Freshness;
        writer.WriteStartObject();
        writer.WriteString("name"u8, current?.Snapshot.Name);
        writer.WriteString("client_side_key"u8, KeyMask.Mask(environment.ClientSideKey));
        writer.WriteString("kind"u8, NameOf(environment.Kind));
        writer.WriteString("status"u8, current is null ? "not loaded"u8 : _health.IsStale(environment) ? "stale"u8 : "ok"u8);
        writer.WriteString("source"u8, freshness.Origin is { } origin ? DocumentOrigins.NameOf(origin) : null);
        writer.WriteString("version"u8, current?.Document.Version);
        JsonTime.Write(writer, "updated_at"u8, current?.Document.UpdatedAt);
        JsonTime.Write(writer, "last_successful_update"u8, freshness.Fetched);
        if (freshness.Fetched is { } fetched)
        {
            writer.WriteNumber("age_seconds"u8, Math.Round(Math.Max(0, (_time.GetUtcNow() - fetched).TotalSeconds), 3));
        }

        if (!environment.IsOffline)
        {
            writer.WriteNumber("poll_interval_seconds"u8, _health.PollIntervalOf(environment).TotalSeconds);
        }

        if (current is not null)
        {
            writer.WriteNumber("features"u8, current.Snapshot.FeatureCount);
            writer.WriteNumber("segments"u8, current.Snapshot.SegmentCount);
            writer.WriteNumber("identity_overrides"u8, current.Snapshot.IdentityOverrideCount);
            writer.WriteNumber("document_bytes"u8, current.Document.Body.Plain.Length);
        }

        if (_traitForwarding.IsEnabled)
        {
            writer.WriteNumber("waiting_identities"u8, _traits.Waiting(environment.ClientSideKey));
        }

        writer.WriteNumber("requests"u8, environment.Metrics.Requests.Total());
        writer.WriteNumber("failures"u8, freshness.Failures);
        WriteError(writer, "last_error"u8, freshness.LastError);
        WriteError(writer, "rejected_document"u8, freshness.Rejected);
        WriteHeldBack(writer, freshness.HeldBack);
        WriteHeld(writer, environment.Hold.Current);
        WriteStream(writer, environment.UpstreamStream);
        WriteUnused(writer, environment);
        writer.WriteEndObject();
    }

    /// <summary>Writes the features that no SDK counted an evaluation of for a while; null if none counted any.</summary>
    private void WriteUnused(Utf8JsonWriter writer, EnvironmentState environment)
    {
        var counts = _flagCounts.Find(environment.ClientSideKey);
        if (counts is not { IsUsed: true } || environment.Current?.Snapshot is not { } snapshot)
        {
            writer.WriteNull("unused_features"u8);
            return;
        }

        var since = _time.GetUtcNow() - UnusedAfter;
        since = counts.Since > since ? counts.Since : since;
        writer.WriteStartObject("unused_features"u8);
        writer.WriteString("since"u8, since);
        writer.WriteStartArray("names"u8);
        foreach (var name in counts.FeaturesWithout(snapshot, since))
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteHeldBack(Utf8JsonWriter writer, HeldBackDocument? heldBack)
    {
        if (heldBack is null)
        {
            writer.WriteNull("held_back"u8);
            return;
        }

        writer.WriteStartObject("held_back"u8);
        writer.WriteString("since"u8, heldBack.Since);
        writer.WriteString("version"u8, heldBack.Position.Revision);
        JsonTime.Write(writer, "updated_at"u8, heldBack.Position.UpdatedAt);
        writer.WriteNumber("polls"u8, heldBack.Polls);
        writer.WriteEndObject();
    }

    private static void WriteHeld(Utf8JsonWriter writer, HeldVersion? held)
    {
        if (held is null)
        {
            writer.WriteNull("held"u8);
            return;
        }

        writer.WriteStartObject("held"u8);
        writer.WriteString("since"u8, held.Since);
        writer.WriteString("version"u8, held.Position.Revision);
        JsonTime.Write(writer, "updated_at"u8, held.Position.UpdatedAt);
        writer.WriteString("reason"u8, held.Impact.ToString());
        writer.WriteEndObject();
    }

    private static void WriteStream(Utf8JsonWriter writer, UpstreamStreamStatus? stream)
    {
        if (stream is null)
        {
            writer.WriteNull("upstream_stream"u8);
            return;
        }

        writer.WriteStartObject("upstream_stream"u8);
        writer.WriteString("status"u8, NameOf(stream.Phase));
        writer.WriteString("since"u8, stream.Since);
        JsonTime.Write(writer, "last_event"u8, stream.LastEvent);
        WriteError(writer, "last_error"u8, stream.LastError);
        writer.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter writer, ReadOnlySpan<byte> name, EnvironmentError? error)
    {
        if (error is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteString("at"u8, error.At);
        writer.WriteString("message"u8, error.Message);
        writer.WriteEndObject();
    }

    private static ReadOnlySpan<byte> NameOf(EnvironmentKind kind) => kind switch
    {
        EnvironmentKind.Configured => "configured"u8,
        EnvironmentKind.Discovered => "discovered"u8,
        _ => "offline"u8,
    };

    private static ReadOnlySpan<byte> NameOf(UpstreamStreamPhase phase) => phase switch
    {
        UpstreamStreamPhase.Waiting => "waiting"u8,
        UpstreamStreamPhase.Disabled => "disabled"u8,
        UpstreamStreamPhase.Connecting => "connecting"u8,
        UpstreamStreamPhase.Open => "open"u8,
        UpstreamStreamPhase.Retrying => "retrying"u8,
        _ => "dismissed"u8,
    };
}
