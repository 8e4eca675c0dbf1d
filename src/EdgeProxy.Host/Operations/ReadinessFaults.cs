using System.Text.Json;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Operations;

/// <summary>The listing of environments that make readiness fail, for operators: state, duration and cause.</summary>
internal sealed class ReadinessFaults
{
    private const string NotFetchedYet = "not fetched yet";

    private readonly HealthMonitor _health;
    private readonly TimeProvider _time;

    public ReadinessFaults(HealthMonitor health, TimeProvider time)
    {
        _health = health;
        _time = time;
    }

    /// <summary>Writes an array with an object for each environment at fault.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var environment in _health.EnvironmentsAtFault())
        {
            Write(writer, environment);
        }

        foreach (var unknown in _health.UnknownRequiredEnvironments() ?? [])
        {
            writer.WriteStartObject();
            writer.WriteNull("name"u8);
            writer.WriteString("client_side_key"u8, KeyMask.Mask(unknown)); // an unknown name may be a misspelled key
            writer.WriteString("status"u8, "unknown"u8);
            writer.WriteNull("for_seconds"u8);
            writer.WriteString("cause"u8, "health_check.readiness names it, and no environment has this name or key"u8);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Write(Utf8JsonWriter writer, EnvironmentState environment)
    {
        var freshness = environment.Freshness;
        var cause = freshness.Failures == 0 ? null : freshness.LastError?.Message;
        writer.WriteStartObject();
        writer.WriteString("name"u8, environment.Current?.Snapshot.Name);
        writer.WriteString("client_side_key"u8, KeyMask.Mask(environment.ClientSideKey));
        writer.WriteString("status"u8, environment.Current is null ? "not loaded"u8 : "stale"u8);
        if (SecondsAtFault(environment, freshness) is { } seconds)
        {
            writer.WriteNumber("for_seconds"u8, Math.Round(seconds, 3));
        }
        else
        {
            writer.WriteNull("for_seconds"u8);
        }

        writer.WriteString("cause"u8, cause ?? NotFetchedYet);
        writer.WriteEndObject();
    }

    /// <summary>Calculates the time since the last successful fetch, or since the first failure; null before either.</summary>
    private double? SecondsAtFault(EnvironmentState environment, Freshness freshness) =>
        freshness.Fetched is not null && environment.Current is not null ? _time.GetElapsedTime(freshness.FetchedTimestamp).TotalSeconds
        : freshness.Failures > 0 ? _time.GetElapsedTime(freshness.FailingSinceTimestamp).TotalSeconds
        : null;
}
