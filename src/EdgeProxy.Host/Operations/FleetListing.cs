using System.Text.Json;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;

namespace EdgeProxy.Host.Operations;

/// <summary>The listing of the fleet for operators: store, members, and the members that are behind. Without complete keys and content.</summary>
internal sealed class FleetListing
{
    private readonly EnvironmentRegistry _registry;
    private readonly FleetContext? _fleet;

    /// <param name="registry">The environments.</param>
    /// <param name="fleet">The fleet; null if this instance is alone.</param>
    public FleetListing(EnvironmentRegistry registry, FleetContext? fleet = null)
    {
        _registry = registry;
        _fleet = fleet;
    }

    /// <summary>Reads the statements of the members, by name; takes no longer than the timeout of the store.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<IReadOnlyList<FleetMember>> ReadMembersAsync(CancellationToken cancellationToken) =>
        _fleet is null ? [] : [.. (await _fleet.ReadMembersAsync(cancellationToken)).OrderBy(static member => member.Name, StringComparer.Ordinal)];

    /// <summary>Writes an object.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="members">The members.</param>
    public void Write(Utf8JsonWriter writer, IReadOnlyList<FleetMember> members)
    {
        writer.WriteStartObject();
        writer.WriteString("instance"u8, _fleet?.Settings.Name);
        WriteStore(writer);
        writer.WriteStartArray("members"u8);
        foreach (var member in members)
        {
            Write(writer, member);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("environments"u8);
        foreach (var environment in _registry.Environments)
        {
            if (_fleet?.Find(environment) is { } part)
            {
                Write(writer, environment, part, members);
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteStore(Utf8JsonWriter writer)
    {
        if (_fleet is null)
        {
            writer.WriteNull("store"u8);
            return;
        }

        var away = _fleet.Store.AwaySince;
        writer.WriteStartObject("store"u8);
        writer.WriteString("address"u8, _fleet.Store.Address);
        writer.WriteString("state"u8, away is null ? "ok" : "away");
        JsonTime.Write(writer, "away_since"u8, away);
        writer.WriteString("problem"u8, _fleet.Store.Problem);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, FleetMember member)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, member.Name);
        writer.WriteString("version"u8, member.Version);
        writer.WriteString("started"u8, member.Started);
        writer.WriteString("address"u8, member.Address);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, EnvironmentState environment, FleetEnvironment part, IReadOnlyList<FleetMember> members)
    {
        var versions = members.Select(member => (member.Name, Version: member.Environments.GetValueOrDefault(part.Id))).Where(static one => one.Version is not null).ToList();
        var newest = part.Seen?.Entry?.Version ?? part.Served;
        foreach (var (_, version) in versions)
        {
            newest = newest is null || version!.Supersedes(newest) ? version : newest;
        }

        writer.WriteStartObject();
        writer.WriteString("name"u8, environment.Current?.Snapshot.Name);
        writer.WriteString("client_side_key"u8, KeyMask.Mask(environment.ClientSideKey));
        writer.WriteString("id"u8, part.Id);
        writer.WriteString("version"u8, newest?.Revision);
        JsonTime.Write(writer, "updated_at"u8, newest?.UpdatedTime);
        writer.WriteString("lease"u8, part.Holder);
        writer.WriteStartArray("members"u8);
        foreach (var (name, version) in versions)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, name);
            writer.WriteString("version"u8, version!.Revision);
            JsonTime.Write(writer, "updated_at"u8, version.UpdatedTime);
            var isBehind = newest!.Supersedes(version);
            writer.WriteBoolean("behind"u8, isBehind);
            writer.WriteNumber("behind_seconds"u8, isBehind ? version.SkewTo(newest).TotalSeconds : 0);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
