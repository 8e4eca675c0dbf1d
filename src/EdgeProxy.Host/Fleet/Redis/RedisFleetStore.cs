using System.Collections.Concurrent;
using System.Globalization;
using EdgeProxy.Host.Environments;
using StackExchange.Redis;

namespace EdgeProxy.Host.Fleet.Redis;

/// <summary>The store on a server that speaks the protocol of Redis, alone, as a cluster or behind Sentinels.</summary>
internal sealed class RedisFleetStore : IFleetStore, IAsyncDisposable
{
    private static readonly RedisValue[] PayloadFields =
        ["revision", "updated_at", "epoch", "sequence", "given_up", "writer", "written_at", "confirmed_at", "error", "payload"];

    private readonly RedisConnection _connection;
    private readonly string _prefix;
    private readonly RedisKey[] _members;
    private readonly ConcurrentDictionary<string, Action<string>> _subscriptions = new(StringComparer.Ordinal);

    /// <param name="connection">The connection; disposed of with the store.</param>
    /// <param name="prefix">The beginning of all names.</param>
    public RedisFleetStore(RedisConnection connection, string prefix)
    {
        _connection = connection;
        _prefix = prefix;
        _members = [$"{{{prefix}:members}}", $"{{{prefix}:members}}:leases", $"{{{prefix}:members}}:statements"];
    }

    /// <inheritdoc/>
    public event EventHandler? Restored
    {
        add => _connection.Restored += value;
        remove => _connection.Restored -= value;
    }

    /// <inheritdoc/>
    public async Task<FleetLook> LookAsync(string id, LeaseBid bid)
    {
        var result = await EvaluateAsync(
            FleetScripts.Look, [DocumentOf(id), LeaseOf(id)], [bid.Token ?? "", bid.IsNew ? "1" : "0", (long)LeaseBid.Duration.TotalMilliseconds]);
        return new FleetLook(EntryOf((RedisValue[])result[0]!), (string?)result[1] is { Length: > 0 } holder ? holder : null, long.Parse((string)result[2]!, CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public async Task<StoredPayload?> ReadAsync(string id)
    {
        var database = await DatabaseAsync();
        var fields = await database.HashGetAsync(DocumentOf(id), PayloadFields);
        return EntryOf(fields) is { } entry && (byte[]?)fields[^1] is { } payload ? new StoredPayload(entry, payload) : null;
    }

    /// <inheritdoc/>
    public async Task<WriteOutcome> WriteAsync(string id, DocumentWrite write)
    {
        var version = write.Version;
        var outcome = (string?)await EvaluateAsync(FleetScripts.Write, [DocumentOf(id), LeaseOf(id)],
        [
            version.Revision, ValueOf(version.UpdatedAt), version.Epoch, version.Sequence, ValueOf(version.GivenUp),
            write.Writer, write.Token ?? "", ValueOf(write.ConfirmedAt), write.Payload, write.Replaces ?? "",
        ]);
        if (outcome != "written")
        {
            return outcome == "same" ? WriteOutcome.Same : WriteOutcome.Refused;
        }

        var connection = await _connection.Connected;
        await connection.GetSubscriber().PublishAsync(NewsOf(id), version.Revision, CommandFlags.FireAndForget);
        return WriteOutcome.Written;
    }

    /// <inheritdoc/>
    public async Task<bool> ReportAsync(string id, PollReport report, long at) => (bool)await EvaluateAsync(
        FleetScripts.Report, [DocumentOf(id), LeaseOf(id)], [report.Revision ?? "", report.Token ?? "", report.Error ?? "", at]);

    /// <inheritdoc/>
    public async Task<bool> ReleaseAsync(string id, string token) => (bool)await EvaluateAsync(FleetScripts.Release, [LeaseOf(id)], [token]);

    /// <inheritdoc/>
    public async Task<FleetPulse> BeatAsync(MemberBeat beat)
    {
        var result = await EvaluateAsync(
            FleetScripts.Beat, _members, [beat.Name, beat.Leases, beat.Statement ?? "", (long)FleetMembership.TimeToLive.TotalMilliseconds]);
        return new FleetPulse((int)result[0], (int)result[1], (bool)result[2]);
    }

    /// <inheritdoc/>
    public async Task<bool> DoubtAsync(string id, string revision)
    {
        var connection = await _connection.Connected;
        return await connection.GetSubscriber().PublishAsync(NewsOf(id), IFleetStore.Doubt + revision) > 0;
    }

    /// <inheritdoc/>
    public async Task<bool> LeaveAsync(string name) => (bool)await EvaluateAsync(FleetScripts.Leave, _members, [name]);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ReadMembersAsync()
    {
        var database = await DatabaseAsync();
        var values = await database.HashValuesAsync(_members[^1]);
        return [.. values.Select(static value => (string?)value ?? "")];
    }

    /// <inheritdoc/>
    public async Task<bool[]> RecallAsync(string id, IReadOnlyList<IdentityDigest> identities)
    {
        var found = (string?)await EvaluateAsync(
            FleetScripts.Recall, [.. identities.Select(digest => IdentityOf(id, digest))], [.. identities.Select(static digest => TraitsOf(digest))]);
        return [.. (found ?? "").Select(static digit => digit == '1')];
    }

    /// <inheritdoc/>
    public async Task<bool> RememberAsync(string id, IReadOnlyList<IdentityDigest> identities, TimeSpan lifetime) => (bool)await EvaluateAsync(
        FleetScripts.Remember,
        [.. identities.Select(digest => IdentityOf(id, digest))],
        [(long)Math.Max(1, lifetime.TotalMilliseconds), .. identities.Select(static digest => TraitsOf(digest))]);

    /// <inheritdoc/>
    public void Subscribe(string id, Action<string> announced)
    {
        _subscriptions[id] = announced;
        _ = SubscribeAsync(id);
    }

    /// <inheritdoc/>
    public void Unsubscribe(string id)
    {
        if (_subscriptions.TryRemove(id, out _) && _connection.Connected.IsCompletedSuccessfully)
        {
            _connection.Connected.Result.GetSubscriber().Unsubscribe(NewsOf(id), handler: null, CommandFlags.FireAndForget);
        }
    }

    /// <inheritdoc/>
    public string Describe(Exception exception) => (exception is TimeoutException ? _connection.Problem : null) ?? RedisFailure.Describe(exception)!;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static RedisValue ValueOf(long? number) => number is { } value ? value : "";

    private static FleetEntry? EntryOf(RedisValue[] fields)
    {
        if ((string?)fields[0] is not { Length: > 0 } revision || NumberOf(fields[2]) is not { } epoch || NumberOf(fields[3]) is not { } sequence)
        {
            return null;
        }

        var version = new FleetVersion(revision, NumberOf(fields[1]), epoch, sequence, NumberOf(fields[4]));
        return new FleetEntry(version, (string?)fields[5] ?? "", NumberOf(fields[6]) ?? 0, NumberOf(fields[7]), ErrorOf((string?)fields[8]));
    }

    private static long? NumberOf(RedisValue value) => !value.IsNullOrEmpty && value.TryParse(out long number) ? number : null;

    private static EnvironmentError? ErrorOf(string? text) =>
        text?.IndexOf(' ', StringComparison.Ordinal) is > 0 and var at && long.TryParse(text.AsSpan(0, at), CultureInfo.InvariantCulture, out var milliseconds)
            ? new EnvironmentError(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), text[(at + 1)..])
            : null;

    private async Task SubscribeAsync(string id)
    {
        try
        {
            // After the first connection the client library subscribes again by itself.
            var connection = await _connection.Connected;
            if (_subscriptions.TryGetValue(id, out var announced))
            {
                await connection.GetSubscriber().SubscribeAsync(NewsOf(id), (_, message) => announced((string?)message ?? ""));
            }
        }
        catch (Exception exception) when (exception is RedisException or OperationCanceledException or ObjectDisposedException or TimeoutException)
        {
            // The client library keeps the subscription, and looks find missed announcements.
        }
    }

    private async Task<RedisResult> EvaluateAsync(string script, RedisKey[] keys, RedisValue[] values) =>
        await (await DatabaseAsync()).ScriptEvaluateAsync(script, keys, values);

    private async Task<IDatabase> DatabaseAsync()
    {
        var connected = _connection.Connected;
        return connected.IsCompletedSuccessfully || _connection.Problem is null
            ? (await connected).GetDatabase()
            : throw new TimeoutException(_connection.Problem); // immediately: waiting would end with the same problem
    }

    private static RedisValue TraitsOf(IdentityDigest digest) => digest.Traits is { } traits ? HexOf(traits) : "";

    private static string HexOf(UInt128 digest) => digest.ToString("x32", CultureInfo.InvariantCulture);

    private RedisKey IdentityOf(string id, IdentityDigest digest) => $"{{{_prefix}:{id}}}:traits:{HexOf(digest.Identity)}";

    private RedisKey DocumentOf(string id) => $"{{{_prefix}:{id}}}:document";

    private RedisKey LeaseOf(string id) => $"{{{_prefix}:{id}}}:lease";

    private RedisChannel NewsOf(string id) => RedisChannel.Literal($"{{{_prefix}:{id}}}:news");
}
