using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Environments;

/// <summary>The environments in the configuration, which may change. One that remains keeps its loaded document.</summary>
internal sealed class ConfiguredEnvironments
{
    private readonly EnvironmentRegistry _registry;

    public ConfiguredEnvironments(EnvironmentRegistry registry)
    {
        _registry = registry;
    }

    /// <summary>Replaces the environments.</summary>
    /// <returns>The client-side keys of the environments that were added, removed, or got another server-side key.</returns>
    /// <exception cref="ArgumentException">Two environments share a key; nothing changed.</exception>
    public (IReadOnlyList<string> Added, IReadOnlyList<string> Dropped, IReadOnlyList<string> Rekeyed) Set(IReadOnlyList<EnvironmentKeyPairOptions> pairs)
    {
        var before = _registry.Environments
            .Where(static environment => environment.Kind == EnvironmentKind.Configured)
            .ToDictionary(static environment => environment.ClientSideKey, StringComparer.Ordinal);
        var rekeyed = pairs.Where(pair => before.TryGetValue(pair.ClientSideKey, out var known) && known.ServerSideKeys[0].Key != pair.ServerSideKey).ToList();
        var earlier = rekeyed.Select(pair => (Environment: before[pair.ClientSideKey], Keys: before[pair.ClientSideKey].ServerSideKeys)).ToList();
        rekeyed.ForEach(pair => before[pair.ClientSideKey].ServerSideKeys = [new ServerSideKey(pair.ServerSideKey)]);
        try
        {
            _registry.SetConfigured(pairs.Select(pair => before.GetValueOrDefault(pair.ClientSideKey)
                ?? new EnvironmentState(pair.ClientSideKey, pair.ServerSideKey, EnvironmentKind.Configured)));
        }
        catch (ArgumentException)
        {
            earlier.ForEach(static one => one.Environment.ServerSideKeys = one.Keys);
            throw;
        }

        var after = pairs.Select(static pair => pair.ClientSideKey).ToHashSet(StringComparer.Ordinal);
        return ([.. after.Except(before.Keys)], [.. before.Keys.Except(after)], [.. rekeyed.Select(static pair => pair.ClientSideKey)]);
    }
}
