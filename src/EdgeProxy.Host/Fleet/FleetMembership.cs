using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Fleet;

/// <summary>
/// The membership of this instance: a sign of life every few seconds, with what it serves whenever that changed, and the
/// number of members in return.
/// </summary>
internal sealed partial class FleetMembership : BackgroundService
{
    /// <summary>The interval of signs of life.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>The time after which a member without a sign of life is one no longer.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(15);

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
        await _fleet.Store.TryAsync(StoreOperation.Beat, "members", store => store.LeaveAsync(_fleet.Settings.Name), CancellationToken.None);
    }

    /// <summary>Gives one sign of life.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        var statement = Statement();
        var beat = new MemberBeat(_fleet.Settings.Name, _fleet.Shares.Held, string.Equals(statement, _stated, StringComparison.Ordinal) ? null : statement);
        var pulse = await _fleet.Store.TryAsync(StoreOperation.Beat, "members", store => store.BeatAsync(beat), cancellationToken);
        if (!pulse.IsKnown)
        {
            return;
        }

        // A store that lost its data has to be told again.
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

    /// <summary>If all are behind, one that is not ready more helps nobody.</summary>
    private async Task<bool> IsBehindOthersAsync(CancellationToken cancellationToken)
    {
        FleetEnvironment[] behind = [.. _fleet.Environments.Where(IsBehindForLong)];
        if (behind.Length == 0)
        {
            return false;
        }

        var read = await _fleet.Store.TryAsync(StoreOperation.Members, "members", static store => store.ReadMembersAsync(), cancellationToken);
        FleetMember[] members = [.. (read.Value ?? []).Select(FleetMember.Parse).OfType<FleetMember>()];
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
