using EdgeProxy.Host.Fleet;

namespace EdgeProxy.Host.Tests.Fleet.Simulation;

/// <summary>The store as one member reaches it, over the network.</summary>
internal sealed class SimulatedStore : IFleetStore
{
    private const double LeasesLostBeforeAWrite = 0.05;

    private readonly SimulatedWorld _world;
    private readonly SimulatedLink _link;
    private readonly SimulatedContext _context;
    private readonly Dictionary<string, Action<string>> _subscriptions = new(StringComparer.Ordinal);

    public SimulatedStore(SimulatedWorld world, SimulatedLink link, SimulatedContext context)
    {
        _world = world;
        _link = link;
        _context = context;
    }

    /// <inheritdoc/>
    public event EventHandler? Restored
    {
        add { }
        remove { }
    }

    /// <inheritdoc/>
    public Task<FleetLook> LookAsync(string id, LeaseBid bid) => AskAsync(server => server.LookAsync(id, bid));

    /// <inheritdoc/>
    public Task<StoredPayload?> ReadAsync(string id) => AskAsync(server => server.ReadAsync(id));

    /// <inheritdoc/>
    public Task<WriteOutcome> WriteAsync(string id, DocumentWrite write) => AskAsync(server =>
    {
        if (_world.Network.IsFaulty && _world.Random.NextDouble() < LeasesLostBeforeAWrite)
        {
            server.LoseLeases(); // the worst moment: after the look that this relies on
        }

        return server.WriteAsync(id, write);
    });

    /// <inheritdoc/>
    public Task<bool> ReportAsync(string id, PollReport report, long at) => AskAsync(server => server.ReportAsync(id, report, at));

    /// <inheritdoc/>
    public Task<bool> DoubtAsync(string id, string revision) => AskAsync(server => server.DoubtAsync(id, revision));

    /// <inheritdoc/>
    public Task<bool> ReleaseAsync(string id, string token) => AskAsync(server => server.ReleaseAsync(id, token));

    /// <inheritdoc/>
    public Task<FleetPulse> BeatAsync(MemberBeat beat) => AskAsync(server => server.BeatAsync(beat));

    /// <inheritdoc/>
    public Task<bool> LeaveAsync(string name) => AskAsync(server => server.LeaveAsync(name));

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ReadMembersAsync() => AskAsync(static server => server.ReadMembersAsync());

    /// <inheritdoc/>
    public Task<bool[]> RecallAsync(string id, IReadOnlyList<IdentityDigest> identities) => AskAsync(server => server.RecallAsync(id, identities));

    /// <inheritdoc/>
    public Task<bool> RememberAsync(string id, IReadOnlyList<IdentityDigest> identities, TimeSpan lifetime) => AskAsync(server => server.RememberAsync(id, identities, lifetime));

    /// <inheritdoc/>
    public void Subscribe(string id, Action<string> announced)
    {
        // What is announced travels like anything else.
        void Announced(string revision)
        {
            if (_world.Network.Travel(_link) is { } time)
            {
                _context.Begin(async () =>
                {
                    await Task.Delay(time, _world.Time);
                    announced(revision);
                });
            }
        }

        _subscriptions[id] = Announced;
        _world.Server.Subscribe(id, Announced);
    }

    /// <inheritdoc/>
    public void Unsubscribe(string id)
    {
        if (_subscriptions.Remove(id, out var announced))
        {
            _world.Server.Unsubscribe(id, announced);
        }
    }

    /// <inheritdoc/>
    public string Describe(Exception exception) => exception.Message;

    private Task<T> AskAsync<T>(Func<SimulatedServer, Task<T>> answer) => _world.Network.AskAsync(_link, async () =>
    {
        if (_world.IsStoreDown)
        {
            throw new IOException("connection refused");
        }

        if (_world.StoreFrozenUntil - _world.Clock.Now is var rest && rest > 0)
        {
            await Task.Delay(TimeSpan.FromTicks(rest), _world.Time); // it answers all that came meanwhile
        }

        return await answer(_world.Server);
    });
}
