using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Upstream.Traits;

/// <summary>
/// The traits that the members of a fleet know to be confirmed by the API (docs/spec/fleet.md 6): calls are compared with the
/// store before they are made, and what the API confirmed is remembered there. For the loop of the forwarder only; it waits for
/// nothing here, and a call that is compared waits for the timeout of the store at most.
/// </summary>
internal sealed partial class TraitMemory
{
    private const int MaxBatch = 256;
    private const int MaxUnwritten = 10_000;

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Never = TimeSpan.MaxValue;

    private readonly FleetContext? _fleet;
    private readonly EnvironmentRegistry _registry;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _time;
    private readonly ILogger<TraitMemory> _logger;

    // Confirmed, and not in the store yet. Kept while the store cannot be used: what it remembers may be older.
    private readonly Dictionary<(TraitEnvironment Environment, UInt128 Identity), IdentityDigest> _unwritten = [];

    private bool _isComparing;
    private bool _isWriting;
    private volatile ComparedCalls? _compared;
    private volatile WrittenTraits? _written;
    private long? _failedAt;
    private int _failures;
    private bool _isFailureLogged;

    public TraitMemory(
        EnvironmentRegistry registry, TraitForwardingOptions options, TimeProvider time, ILogger<TraitMemory> logger, FleetContext? fleet = null)
    {
        _registry = registry;
        _lifetime = options.DedupeLifetime;
        _time = time;
        _logger = logger;
        _fleet = fleet is { Settings.RemembersTraits: true } && _lifetime > TimeSpan.Zero ? fleet : null;
    }

    /// <summary>Indicates whether anything is being compared or written, or is to be written now.</summary>
    public bool IsBusy => _isComparing || _isWriting || (_unwritten.Count > 0 && IsUsable);

    /// <summary>The time until the next round is due, if nothing else happens.</summary>
    public TimeSpan Wait => _unwritten.Count == 0 || _isWriting ? Never : IsUsable ? TimeSpan.Zero : PauseAfterFailure;

    private bool IsUsable => _fleet is { Store.AwaySince: null } && (_failedAt is not { } at || _time.GetElapsedTime(at) >= PauseAfterFailure);

    /// <summary>Takes over what has ended, and begins what is due.</summary>
    /// <param name="queue">The calls.</param>
    /// <param name="ended">Requested when something has ended.</param>
    public void Round(TraitQueue queue, WakeUp ended)
    {
        if (_fleet is null)
        {
            return;
        }

        EndComparison(queue);
        EndWrite();
        queue.IsShared = IsUsable;
        if (!queue.IsShared)
        {
            queue.SkipComparison();
            return;
        }

        if (!_isComparing && queue.TakeUncompared(MaxBatch) is { Count: > 0 } calls)
        {
            _isComparing = true;
            _ = CompareAsync(_fleet, calls, ended);
        }

        if (!_isWriting && _unwritten.Count > 0)
        {
            _isWriting = true;
            _ = WriteAsync(_fleet, TakeUnwritten(), ended);
        }
    }

    /// <summary>Notes that the API confirmed a call.</summary>
    public void Confirmed(PendingCall call)
    {
        var environment = call.Identity.Environment;
        if (_fleet is null || PartOf(_fleet, environment) is not { } part)
        {
            return;
        }

        var digest = part.Identities.DigestOf(call.Identity.Identifier, call.Traits);
        if (_unwritten.Count < MaxUnwritten || _unwritten.ContainsKey((environment, digest.Identity)))
        {
            _unwritten[(environment, digest.Identity)] = digest;
        }
    }

    private FleetEnvironment? PartOf(FleetContext fleet, TraitEnvironment environment) =>
        _registry.Find(environment.ClientSideKey) is { } binding ? fleet.Find(binding.Environment) : null;

    private void EndComparison(TraitQueue queue)
    {
        if (_compared is not { } compared)
        {
            return;
        }

        _compared = null;
        _isComparing = false;
        NoteOutcome(compared.Problem);
        foreach (var (call, isRemembered) in compared.Calls)
        {
            queue.Compared(call, isRemembered);
        }
    }

    private void EndWrite()
    {
        if (_written is not { } written)
        {
            return;
        }

        _written = null;
        _isWriting = false;
        NoteOutcome(written.Problem);
        if (written.Problem is not null)
        {
            foreach (var digest in written.Digests)
            {
                _unwritten.TryAdd((written.Environment, digest.Identity), digest); // unless another call was confirmed meanwhile
            }
        }
    }

    /// <summary>The digests are made at once: requests go on changing the calls.</summary>
    private async Task CompareAsync(FleetContext fleet, IReadOnlyList<PendingCall> calls, WakeUp ended)
    {
        try
        {
            var parts = await Task.WhenAll(calls.GroupBy(static call => call.Identity.Environment).Select(group => RecallAsync(fleet, group.Key, [.. group])));
            _compared = new ComparedCalls([.. parts.SelectMany(static part => part.Calls)], parts.Select(static part => part.Problem).FirstOrDefault(static problem => problem is not null));
        }
        catch (Exception exception)
        {
            // Catches everything: the calls would never be made.
            Log.Unexpected(_logger, exception);
            _compared = new ComparedCalls([.. calls.Select(static call => (call, false))], "unexpected error");
        }

        ended.Request();
    }

    private async Task<ComparedCalls> RecallAsync(FleetContext fleet, TraitEnvironment environment, IReadOnlyList<PendingCall> calls)
    {
        if (PartOf(fleet, environment) is not { } part)
        {
            return new ComparedCalls([.. calls.Select(static call => (call, false))], Problem: null);
        }

        var (id, identities) = (part.Id, part.Identities);
        IdentityDigest[] digests = [.. calls.Select(call => DigestOf(identities, call))];
        var recalled = await fleet.Store.TryAsync(StoreOperation.Recall, scope: null, store => store.RecallAsync(id, digests), CancellationToken.None);
        var found = recalled.IsKnown && recalled.Value.Length == digests.Length ? recalled.Value : new bool[digests.Length];
        return new ComparedCalls([.. calls.Zip(found)], recalled.Problem);
    }

    /// <summary>A call without traits only makes an identity known.</summary>
    private static IdentityDigest DigestOf(SealedIdentities identities, PendingCall call)
    {
        var digest = identities.DigestOf(call.Identity.Identifier, call.Traits);
        return call.Traits.Length > 0 ? digest : digest with { Traits = null };
    }

    private WrittenTraits TakeUnwritten()
    {
        var environment = _unwritten.Keys.First().Environment;
        IdentityDigest[] digests = [.. _unwritten.Where(entry => entry.Key.Environment == environment).Select(static entry => entry.Value).Take(MaxBatch)];
        foreach (var digest in digests)
        {
            _unwritten.Remove((environment, digest.Identity));
        }

        return new WrittenTraits(environment, digests, Problem: null);
    }

    private async Task WriteAsync(FleetContext fleet, WrittenTraits batch, WakeUp ended)
    {
        var problem = "unexpected error";
        try
        {
            problem = PartOf(fleet, batch.Environment) is { Id: var id }
                ? (await fleet.Store.TryAsync(StoreOperation.Remember, scope: null, store => store.RememberAsync(id, batch.Digests, _lifetime), CancellationToken.None)).Problem
                : null; // the environment is gone
        }
        catch (Exception exception)
        {
            // Catches everything: nothing would be written any more.
            Log.Unexpected(_logger, exception);
        }

        _written = batch with { Problem = problem };
        ended.Request();
    }

    private sealed record ComparedCalls(IReadOnlyList<(PendingCall Call, bool IsRemembered)> Calls, string? Problem);

    private sealed record WrittenTraits(TraitEnvironment Environment, IReadOnlyList<IdentityDigest> Digests, string? Problem);
}
