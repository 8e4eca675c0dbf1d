using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Upstream;
using EdgeProxy.Host.Upstream.Polling;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Fleet.Simulation;

/// <summary>
/// A member: the real classes for polling, holding back, sharing, leases and membership, on the simulated clock, network,
/// store, upstream and disk. It can crash, stop and start again; its disk stays.
/// </summary>
internal sealed class SimulatedMember
{
    private const string Key = "ser.env";

    private static readonly Uri Api = new("https://simulated/api/v1");

    private readonly SimulatedWorld _world;
    private readonly SimulatedDisk? _disk;
    private readonly TimeProvider _time;
    private readonly string _name;
    private CancellationTokenSource? _running;
    private EnvironmentState? _environment;
    private PublishedEnvironment? _checked;
    private int _starts;
    private bool _hasServed;

    public SimulatedMember(SimulatedWorld world, string name, bool hasDisk)
    {
        _world = world;
        _name = name;
        _disk = hasDisk ? new SimulatedDisk { IsForgetful = world.Faults == DeliberateFault.ForgottenFloor } : null;
        _time = world.Clock.For(TimeSpan.FromSeconds(600 * (world.Random.NextDouble() - 0.5)));
        Context = new SimulatedContext(world.Clock) { AfterStep = Check };
    }

    /// <summary>The context in which it runs.</summary>
    public SimulatedContext Context { get; private set; }

    /// <summary>Its way to the store.</summary>
    public SimulatedLink StoreLink { get; } = new();

    /// <summary>Its way to the upstream.</summary>
    public SimulatedLink UpstreamLink { get; } = new();

    /// <summary>Its name.</summary>
    public string Name => _name;

    /// <summary>Indicates whether it runs.</summary>
    public bool IsRunning => _running is not null;

    /// <summary>The revision that it serves; null if it has none.</summary>
    public string? Revision => _environment?.Current?.Document.Version;

    /// <summary>The place in the history of the upstream of the document that it serves; it never becomes lower.</summary>
    public int Position { get; private set; } = -1;

    /// <summary>Indicates whether it holds the lease.</summary>
    public bool IsHolder => Fleet?.IsHolder == true;

    /// <summary>Its part in the fleet; null while it does not run.</summary>
    public FleetEnvironment? Fleet { get; private set; }

    /// <summary>Starts it.</summary>
    public void Start()
    {
        if (IsRunning)
        {
            return; // it was started again at the end of all faults, before its own time
        }

        _world.Say($"{_name} starts");
        // A crashed one keeps running in its old context, in which nothing is done any more.
        Context = new SimulatedContext(_world.Clock) { AfterStep = Check };
        SynchronizationContext.SetSynchronizationContext(Context);
        var random = new Random(_world.Random.Next());
        var running = new CancellationTokenSource();
        _running = running;
        _checked = null;
        _hasServed = false;
        if (_disk is null)
        {
            Position = -1; // it knows nothing of its life before
        }

        _environment = new EnvironmentState("env", Key, EnvironmentKind.Configured);
        using var log = new SimulatedLog(_world, _name);
        var publisher = new EnvironmentPublisher(
            new InlineCompilation(), new DocumentAdmission(new DocumentOptions(), new MemoryLimit(long.MaxValue, "simulated"), _time, log.CreateLogger<DocumentAdmission>()), _time, log.CreateLogger<EnvironmentPublisher>());
        var store = new GuardedStore(
            new SimulatedStore(_world, StoreLink, Context), "simulated", TimeSpan.FromSeconds(1), new FleetMetrics(),
            new StoreTroubleLog("simulated", _time, log.CreateLogger<StoreTroubleLog>()), _time);
        var name = $"{_name}-{++_starts}";
        var settings = new FleetSettings(name, FleetPolling.Lease, SimulatedWorld.PollInterval, RollbackConfirmations: 3, 1 << 20, "simulated", MaxSkew: null, "start");
        var fleet = new FleetContext(store, settings, publisher, _time, random.NextDouble, log)
        {
            Order = _world.Faults == DeliberateFault.NewsWithoutComparing ? new NoOrder() : VersionOrder.For(settings),
        };
        Fleet = fleet.Open(_environment);
        var part = Fleet;
        var services = new RefreshServices(
            new SimulatedSource(_world, UpstreamLink), publisher, new FetchTroubleLog(_time, log.CreateLogger<FetchTroubleLog>()), new SemaphoreSlim(64), new SemaphoreSlim(8), new ServerMetrics(_time),
            new UpstreamOptions { ApiUrl = Api, ApiPollFrequency = SimulatedWorld.PollInterval }, _time, random.NextDouble, log);
        var persisted = new PersistedEnvironment(_environment, _disk is null ? [] : [_disk], publisher, Api, _time, log.CreateLogger<PersistedEnvironment>());
        var refresh = new EnvironmentRefresh(_environment, persisted, services, part);
        var environment = _environment;
        var membership = new FleetMembership(fleet);
        Context.Begin(async () =>
        {
            await refresh.RestoreAsync(running.Token);
            var sharing = part.RunAsync(running.Token);
            await new UpstreamLoop(environment.Refreshes, _time).RunAsync(because => refresh.RunAsync(because, running.Token), refresh.NextPause, running.Token);
            await sharing;
        });
        Context.Begin(async () =>
        {
            while (!running.IsCancellationRequested)
            {
                await membership.BeatAsync(running.Token);
                await Task.Delay(FleetMembership.Interval, _time, running.Token);
            }
        });
    }

    /// <summary>Ends it at once: nothing that it began goes on, though what it sent may still arrive.</summary>
    public void Crash()
    {
        _world.Say($"{_name} crashes");
        Context.Kill();
        Ended();
    }

    /// <summary>Stops it: it gives its lease back.</summary>
    public void Stop()
    {
        _world.Say($"{_name} stops");
        SynchronizationContext.SetSynchronizationContext(Context);
        _running?.Cancel();
        Ended();
    }

    private void Ended()
    {
        _running = null;
        Fleet = null;
    }

    /// <summary>Checks the rules that hold after every step.</summary>
    private void Check()
    {
        if (_environment?.Current is not { } current || ReferenceEquals(current, _checked) || _running is null)
        {
            return;
        }

        _checked = current;
        var revision = current.Document.Version;
        if (_world.Upstream.IndexOf(revision, 0) is null)
        {
            _world.Violated($"{_name} serves {revision}, which the upstream never had");
        }
        else if (_world.Upstream.IndexOf(revision, Position) is not { } position)
        {
            _world.Violated(_hasServed
                ? $"{_name} went back from {Position} to {revision}"
                : $"{_name} served {Position} before it was started again, and {revision} after");
        }
        else
        {
            Position = position;
            _hasServed = true;
            _world.Note(_name, revision);
            _world.Say($"{_name} serves {position} {Fleet?.Served}");
        }
    }
}
