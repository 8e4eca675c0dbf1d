using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Fleet;

/// <summary>
/// The membership of this instance: a heartbeat every few seconds, with the versions that it serves if they changed; the
/// store returns the number of members.
/// </summary>
internal sealed partial class FleetMembership : BackgroundService
{
    /// <summary>The interval of heartbeats.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>The time without a heartbeat after which a member is removed.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(15);

    /// <summary>The scope of operations on members.</summary>
    public const string Scope = "members";

    private readonly FleetContext _fleet;
    private readonly DateTimeOffset _started;
    private string? _stated;
    private bool _hasJoined;

    public FleetMembership(FleetContext fleet)
    {
        _fleet = fleet;
        _started = fleet.Time.GetUtcNow();
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _fleet.Store.TryAsync(StoreOperation.Beat, Scope, store => store.LeaveAsync(_fleet.Settings.Name), CancellationToken.None);
    }

    /// <summary>Sends one heartbeat.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        var statement = Statement();
        var beat = new MemberBeat(_fleet.Settings.Name, _fleet.Shares.Held, string.Equals(statement, _stated, StringComparison.Ordinal) ? null : statement);
        var pulse = await _fleet.Store.TryAsync(StoreOperation.Beat, Scope, store => store.BeatAsync(beat), cancellationToken);
        if (!pulse.IsKnown)
        {
            return;
        }

        // A store that lost its data needs the statement again.
        _stated = pulse.Value.IsStated ? statement : null;
        _fleet.Shares.Pulse = pulse.Value;
        if (!_hasJoined)
        {
            _hasJoined = true;
            Log.Joined(_fleet.Logger, _fleet.Settings.Name, pulse.Value.Members);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            await BeatAsync(stoppingToken);
            _fleet.IsBehindOthers = await IsBehindOthersAsync(stoppingToken);
            await Task.Delay(Interval, _fleet.Time, stoppingToken);
        }
    }

    /// <summary>
    /// Determines whether another member serves a later document of an environment that has been behind for too long. If all
    /// are behind, failing readiness would not help.
    /// </summary>
    private async Task<bool> IsBehindOthersAsync(CancellationToken cancellationToken)
    {
        FleetEnvironment[] behind = [.. _fleet.Environments.Where(IsBehindForLong)];
        if (behind.Length == 0)
        {
            return false;
        }

        var members = await _fleet.ReadMembersAsync(cancellationToken);
        return behind.Any(environment => members.Any(member =>
            member.Environments.GetValueOrDefault(environment.Id) is { } theirs && environment.Served is { } own && theirs.Supersedes(own)));
    }

    private bool IsBehindForLong(FleetEnvironment environment) =>
        environment.BehindSince is { } since && _fleet.Settings.MaxSkew is { } limit && _fleet.Time.GetElapsedTime(since) > limit;

    private string Statement()
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, CompactJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, _fleet.Settings.Name);
            writer.WriteString("version"u8, ProgramVersion.Text);
            writer.WriteString("started"u8, _started.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteString("address"u8, _fleet.Settings.Address);
            writer.WriteStartObject("environments"u8);
            foreach (var environment in _fleet.Environments)
            {
                if (environment.Served is { } version)
                {
                    writer.WriteString(environment.Id, version.ToString());
                }
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.FleetJoined, LogLevel.Information, "This instance is a member of a fleet as {Name}; members now: {Members}")]
        public static partial void Joined(ILogger logger, string name, int members);
    }
}
