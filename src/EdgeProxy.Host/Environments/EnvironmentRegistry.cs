using EdgeProxy.Engine.Rendering;

namespace EdgeProxy.Host.Environments;

/// <summary>Which environments there are, and which key opens which.</summary>
internal sealed class EnvironmentRegistry
{
    private readonly Dictionary<string, KeyBinding> _keys = new(new KeyComparer());

    /// <exception cref="ArgumentException">Two environments share a key.</exception>
    public EnvironmentRegistry(IReadOnlyList<EnvironmentState> environments)
    {
        Environments = environments;
        foreach (var environment in environments)
        {
            Add(environment.ClientSideKey, new KeyBinding(environment, FlagAudience.Client));
            Add(environment.ServerSideKey, new KeyBinding(environment, FlagAudience.Server));
        }
    }

    /// <summary>All environments.</summary>
    public IReadOnlyList<EnvironmentState> Environments { get; }

    /// <summary>What a key opens; null if nothing.</summary>
    public KeyBinding? Find(string key) => _keys.GetValueOrDefault(key);

    private void Add(string key, KeyBinding binding)
    {
        if (!_keys.TryAdd(key, binding))
        {
            throw new ArgumentException($"The key {KeyMask.Mask(key)} belongs to two environments.", nameof(key));
        }
    }
}
