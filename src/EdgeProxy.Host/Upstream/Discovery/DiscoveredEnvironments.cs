using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Upstream.Failures;
using EdgeProxy.Host.Usage;

namespace EdgeProxy.Host.Upstream.Discovery;

/// <summary>
/// The environments of the proxy config: added, changed and removed with it, and removed when their keys expire. One that
/// remains keeps its loaded document.
/// </summary>
internal sealed partial class DiscoveredEnvironments
{
    // As for documents: the first problems show their kind.
    private const int MaxProblemsLogged = 20;

    private readonly EnvironmentRegistry _registry;
    private readonly UsageLedger _usage;
    private readonly KeyClaims _claims;
    private readonly TimeProvider _time;
    private readonly ILogger<DiscoveredEnvironments> _logger;
    private readonly Lock _lock = new();
    private IReadOnlyList<ListedEnvironment> _listed = [];
    private Dictionary<string, DiscoveredEnvironment> _served = new(StringComparer.Ordinal);
    private HashSet<Problem> _loggedProblems = [];

    public DiscoveredEnvironments(
        EnvironmentRegistry registry, UsageLedger usage, UpstreamOptions options, TimeProvider time, ILogger<DiscoveredEnvironments> logger)
    {
        _registry = registry;
        _usage = usage;
        _claims = new KeyClaims(() => registry.Environments.Where(static environment => environment.Kind != EnvironmentKind.Discovered), options.ProxyKey);
        _time = time;
        _logger = logger;
    }

    /// <summary>Applies a proxy config from any source, effective with the next request.</summary>
    /// <param name="config">JSON in UTF-8, as the upstream sent it. A stored one must be applied before the first that is fetched.</param>
    /// <exception cref="UpstreamException">The config is invalid; nothing changed.</exception>
    public void Apply(ReadOnlyMemory<byte> config)
    {
        var read = ProxyConfigReader.Read(config);
        var problems = read.Problems.ToList();
        var settled = _claims.Settle(read.Environments, problems);
        lock (_lock)
        {
            LogProblems_NeedsLock(problems);
            _listed = settled;
            Serve_NeedsLock();
        }
    }

    /// <summary>Removes environments whose last key has expired.</summary>
    public void Refresh()
    {
        lock (_lock)
        {
            if (_registry.HasDiscovered)
            {
                Serve_NeedsLock();
            }
        }
    }

    private void Serve_NeedsLock()
    {
        var now = _time.GetUtcNow();
        var changes = new DiscoveryChanges();
        var served = new Dictionary<string, DiscoveredEnvironment>(StringComparer.Ordinal);
        foreach (var listed in _listed)
        {
            ServerSideKey[] keys = [.. listed.ServerSideKeys.Where(key => key.IsUsable(now))];
            if (keys.Length > 0)
            {
                served.Add(listed.ClientSideKey, Serve_NeedsLock(listed, keys, changes));
            }
        }

        DiscoveredEnvironment[] gone = [.. _served.Where(environment => !served.ContainsKey(environment.Key)).Select(static environment => environment.Value)];
        Array.ForEach(gone, changes.Drop);
        _served = served;
        if (changes.IsEmpty && _registry.HasDiscovered)
        {
            return;
        }

        _registry.SetDiscovered(served.Values.Select(static environment => environment.State));
        foreach (var environment in gone)
        {
            // Not earlier: until now it received requests.
            _usage.Close(environment.State.ClientSideKey);
        }

        Log.Changed(_logger, Quantity.Of(served.Count, "environment"), changes.Added, changes.Dropped, changes.Rekeyed);
    }

    private DiscoveredEnvironment Serve_NeedsLock(ListedEnvironment listed, ServerSideKey[] keys, DiscoveryChanges changes)
    {
        if (!_served.TryGetValue(listed.ClientSideKey, out var known))
        {
            changes.Add(listed, keys);
            return new DiscoveredEnvironment(
                new EnvironmentState(listed.ClientSideKey, keys, EnvironmentKind.Discovered) { Usage = _usage.Open(listed.ClientSideKey) }, listed.Name);
        }

        if (!known.State.ServerSideKeys.SequenceEqual(keys))
        {
            changes.Rekey(listed, keys);
            known.State.ServerSideKeys = keys;
        }

        return known with { Name = listed.Name };
    }

    /// <summary>Logs the problems of the config, except those of the config before.</summary>
    private void LogProblems_NeedsLock(List<Problem> problems)
    {
        Problem[] unsaid = [.. problems.Where(problem => !_loggedProblems.Contains(problem))];
        foreach (var problem in unsaid.Take(MaxProblemsLogged))
        {
            Log.InvalidPart(_logger, problem.Path, problem.Message);
        }

        if (unsaid.Length > MaxProblemsLogged)
        {
            Log.MoreProblems(_logger, Quantity.Of(unsaid.Length - MaxProblemsLogged, "further problem"));
        }

        _loggedProblems = [.. problems];
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.DiscoveryChanged, LogLevel.Information,
            "Proxy config changed: it lists {Environments}. Added: {Added}. Removed: {Dropped}. With changed keys: {Rekeyed}")]
        public static partial void Changed(ILogger logger, string environments, string added, string dropped, string rekeyed);

        [LoggerMessage(EventIds.DiscoveryProblem, LogLevel.Warning, "Proxy config: {Path} {Problem}")]
        public static partial void InvalidPart(ILogger logger, string path, string problem);

        [LoggerMessage(EventIds.DiscoveryMoreProblems, LogLevel.Warning, "Proxy config: {Problems} not listed")]
        public static partial void MoreProblems(ILogger logger, string problems);
    }
}
