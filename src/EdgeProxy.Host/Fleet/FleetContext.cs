using System.Collections.Concurrent;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Fleet;

/// <summary>The components that the environments of one member share.</summary>
internal sealed class FleetContext
{
    private readonly ConcurrentDictionary<EnvironmentState, FleetEnvironment> _environments = [];

    /// <param name="store">The store.</param>
    /// <param name="settings">The settings of this member.</param>
    /// <param name="publisher">Publishes documents.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Makes random numbers from 0 to 1, for what must not happen everywhere at once.</param>
    /// <param name="loggers">The log.</param>
    public FleetContext(
        GuardedStore store, FleetSettings settings, EnvironmentPublisher publisher, TimeProvider time, Func<double> random, ILoggerFactory loggers)
    {
        Store = store;
        Settings = settings;
        Publisher = publisher;
        Time = time;
        Random = random;
        Logger = loggers.CreateLogger<FleetEnvironment>();
        Order = VersionOrder.For(settings);
    }

    /// <summary>The store.</summary>
    public GuardedStore Store { get; }

    /// <summary>The settings of this member.</summary>
    public FleetSettings Settings { get; }

    /// <summary>Publishes documents.</summary>
    public EnvironmentPublisher Publisher { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Makes random numbers from 0 to 1.</summary>
    public Func<double> Random { get; }

    /// <summary>The log.</summary>
    public ILogger<FleetEnvironment> Logger { get; }

    /// <summary>Compares the store's documents with the served ones.</summary>
    public IVersionOrder Order { get; init; }

    /// <summary>The share of leases.</summary>
    public LeaseShares Shares { get; } = new();

    /// <summary>Indicates whether an environment has been behind for longer than allowed, while another member serves a later document of it.</summary>
    public bool IsBehindOthers { get; set; }

    /// <summary>The environments.</summary>
    public IEnumerable<FleetEnvironment> Environments => _environments.Values;

    /// <summary>Finds an environment; null if it is not polled.</summary>
    public FleetEnvironment? Find(EnvironmentState environment) => _environments.GetValueOrDefault(environment);

    /// <summary>Reads the statements of the members; none if the store cannot be used. Takes no longer than its timeout.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<IReadOnlyList<FleetMember>> ReadMembersAsync(CancellationToken cancellationToken)
    {
        var statements = await Store.TryAsync(StoreOperation.Members, FleetMembership.Scope, static store => store.ReadMembersAsync(), cancellationToken);
        return [.. (statements.Value ?? []).Select(FleetMember.Parse).OfType<FleetMember>()];
    }

    /// <summary>Adds an environment.</summary>
    public FleetEnvironment Open(EnvironmentState environment) => _environments[environment] = new FleetEnvironment(environment, this);

    /// <summary>Removes an environment that is no longer served.</summary>
    public void Close(EnvironmentState environment) => _environments.TryRemove(environment, out _);
}
