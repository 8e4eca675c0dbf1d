using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;

namespace EdgeProxy.Host.Tests.Fleet.Simulation;

/// <summary>
/// The store's server: the same decisions as the scripts, at once and in memory. <see cref="FleetStoreContract"/> holds both
/// to the same behaviour.
/// </summary>
internal sealed class SimulatedServer : IFleetStore
{
    private readonly TimeProvider _time;
    private readonly Dictionary<string, (string Token, long Until)> _leases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long At, int Leases)> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _statements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Action<string>>> _subscriptions = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Id, UInt128 Identity), (UInt128? Traits, long Until)> _identities = [];
    private Dictionary<string, StoredPayload> _documents = new(StringComparer.Ordinal);
    private long _nextExpiry;

    public SimulatedServer(TimeProvider time)
    {
        _time = time;
    }

    /// <inheritdoc/>
    public event EventHandler? Restored
    {
        add { }
        remove { }
    }

    /// <summary>Indicates whether the token of a lease is checked; a store without that is a deliberate fault.</summary>
    public bool IsFenced { get; init; } = true;

    /// <summary>Called with each accepted write, what it replaces, and the token of the lease at that time.</summary>
    public Action<DocumentWrite, FleetEntry?, string?>? Accepted { get; set; }

    /// <summary>The documents.</summary>
    public IReadOnlyDictionary<string, StoredPayload> Documents => _documents;

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Loses everything.</summary>
    public void Flush()
    {
        _documents.Clear();
        _leases.Clear();
        _members.Clear();
        _statements.Clear();
        _identities.Clear();
    }

    /// <summary>Loses the leases, as a replica does that becomes the master before it has them.</summary>
    public void LoseLeases() => _leases.Clear();

    /// <summary>Copies the documents.</summary>
    public Dictionary<string, StoredPayload> Backup() => new(_documents, StringComparer.Ordinal);

    /// <summary>Restores documents, and loses the rest.</summary>
    public void Restore(Dictionary<string, StoredPayload> backup)
    {
        Flush();
        _documents = new(backup, StringComparer.Ordinal);
    }

    /// <summary>Writes what somebody without the server-side key can: changed bytes, other versions, earlier documents.</summary>
    public void Forge(Random random, Dictionary<string, StoredPayload> backup)
    {
        foreach (var (id, stored) in Backup())
        {
            var version = stored.Entry.Version;
            _documents[id] = random.Next(3) switch
            {
                0 => stored with { Payload = [.. stored.Payload[..^1], (byte)(stored.Payload[^1] ^ 1)], Entry = stored.Entry with { Version = version with { Sequence = version.Sequence + 1 } } },
                1 => stored with { Entry = stored.Entry with { Version = new FleetVersion("forged", version.UpdatedAt + 1_000_000_000) } },
                _ => backup.GetValueOrDefault(id) ?? stored,
            };
        }
    }

    /// <inheritdoc/>
    public Task<FleetLook> LookAsync(string id, LeaseBid bid)
    {
        var holder = HolderOf(id);
        if (bid.Token is { } token && (holder == token || (holder is null && bid.IsNew)))
        {
            _leases[id] = (token, Now + (long)LeaseBid.Duration.TotalMilliseconds);
            holder = token;
        }

        return Task.FromResult(new FleetLook(_documents.GetValueOrDefault(id)?.Entry, holder, Now));
    }

    /// <inheritdoc/>
    public Task<StoredPayload?> ReadAsync(string id) => Task.FromResult(_documents.GetValueOrDefault(id));

    /// <inheritdoc/>
    public Task<WriteOutcome> WriteAsync(string id, DocumentWrite write)
    {
        var isHolder = write.Token is not null && (!IsFenced || HolderOf(id) == write.Token);
        if (_documents.GetValueOrDefault(id)?.Entry is { } stored && !(isHolder && write.Replaces == stored.Version.Revision))
        {
            if (stored.Version.Revision == write.Version.Revision && write.Version.Epoch <= stored.Version.Epoch)
            {
                return Task.FromResult(WriteOutcome.Same);
            }

            var isSame = stored.Version.Revision == write.Version.Revision;
            var isOfOnePosition = write.Version.IsOfPositionOf(stored.Version);
            if (!isSame && (!write.Version.Supersedes(stored.Version) || (isOfOnePosition && !isHolder)))
            {
                return Task.FromResult(WriteOutcome.Refused);
            }
        }

        Accepted?.Invoke(write, _documents.GetValueOrDefault(id)?.Entry, HolderOf(id));
        var entry = new FleetEntry(write.Version, write.Writer, Now, write.ConfirmedAt, Error: null);
        _documents[id] = new StoredPayload(entry, write.Payload);
        Announce(id, write.Version.Revision);
        return Task.FromResult(WriteOutcome.Written);
    }

    /// <inheritdoc/>
    public Task<bool> ReportAsync(string id, PollReport report, long at)
    {
        var stored = _documents.GetValueOrDefault(id);
        if (report.Revision is null)
        {
            if (report.Token is null || HolderOf(id) != report.Token)
            {
                return Task.FromResult(false);
            }

            if (stored is not null)
            {
                _documents[id] = stored with { Entry = stored.Entry with { Error = new EnvironmentError(DateTimeOffset.FromUnixTimeMilliseconds(Now), report.Error!) } };
            }

            return Task.FromResult(true);
        }

        if (stored?.Entry.Version.Revision != report.Revision)
        {
            return Task.FromResult(false);
        }

        _documents[id] = stored with { Entry = stored.Entry with { ConfirmedAt = Math.Max(at, stored.Entry.ConfirmedAt ?? 0), Error = null } };
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public Task<bool> DoubtAsync(string id, string revision)
    {
        Announce(id, IFleetStore.Doubt + revision);
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public Task<bool> ReleaseAsync(string id, string token) => Task.FromResult(HolderOf(id) == token && _leases.Remove(id));

    /// <inheritdoc/>
    public Task<FleetPulse> BeatAsync(MemberBeat beat)
    {
        _members[beat.Name] = (Now, beat.Leases);
        if (beat.Statement is not null)
        {
            _statements[beat.Name] = beat.Statement;
        }

        if (Now >= _nextExpiry)
        {
            _nextExpiry = Now + 1000;
            foreach (var (name, (at, _)) in _members)
            {
                if (at <= Now - FleetMembership.TimeToLive.TotalMilliseconds)
                {
                    _members.Remove(name);
                    _statements.Remove(name);
                }
            }
        }

        // A shortcut that the scripts do not have: with one environment, as here, all members but one have no lease.
        var fewest = _members.Count > 100 ? 0 : _members.Values.Min(static member => member.Leases);
        return Task.FromResult(new FleetPulse(_members.Count, fewest, _statements.ContainsKey(beat.Name)));
    }

    /// <inheritdoc/>
    public Task<bool> LeaveAsync(string name)
    {
        _statements.Remove(name);
        return Task.FromResult(_members.Remove(name));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ReadMembersAsync() => Task.FromResult<IReadOnlyList<string>>([.. _statements.Values]);

    /// <inheritdoc/>
    public Task<bool[]> RecallAsync(string id, IReadOnlyList<IdentityDigest> identities) => Task.FromResult(identities.Select(digest =>
    {
        var isKnown = _identities.TryGetValue((id, digest.Identity), out var known) && known.Until > Now;
        var isSame = isKnown && (digest.Traits is null || digest.Traits == known.Traits);
        if (!isSame)
        {
            _identities.Remove((id, digest.Identity));
        }

        return isSame;
    }).ToArray());

    /// <inheritdoc/>
    public Task<bool> RememberAsync(string id, IReadOnlyList<IdentityDigest> identities, TimeSpan lifetime)
    {
        foreach (var digest in identities)
        {
            _identities[(id, digest.Identity)] = (digest.Traits, Now + (long)lifetime.TotalMilliseconds);
        }

        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public void Subscribe(string id, Action<string> announced)
    {
        if (!_subscriptions.TryGetValue(id, out var subscriptions))
        {
            _subscriptions[id] = subscriptions = [];
        }

        subscriptions.Add(announced);
    }

    /// <summary>Ends one subscription.</summary>
    public void Unsubscribe(string id, Action<string> announced) => _subscriptions.GetValueOrDefault(id)?.Remove(announced);

    /// <inheritdoc/>
    public void Unsubscribe(string id) => _subscriptions.Remove(id);

    /// <inheritdoc/>
    public string Describe(Exception exception) => exception.Message;

    private void Announce(string id, string text)
    {
        foreach (var announced in _subscriptions.GetValueOrDefault(id) ?? [])
        {
            announced(text);
        }
    }

    private string? HolderOf(string id) => _leases.TryGetValue(id, out var lease) && lease.Until > Now ? lease.Token : null;
}
