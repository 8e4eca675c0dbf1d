using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Upstream.Discovery;

/// <summary>The changes by another proxy config, or by time; in words for the log.</summary>
internal sealed class DiscoveryChanges
{
    // A first config may list thousands.
    private const int MaxNamed = 20;

    private readonly List<string> _added = [];
    private readonly List<string> _dropped = [];
    private readonly List<string> _rekeyed = [];

    /// <summary>Indicates whether nothing changed.</summary>
    public bool IsEmpty => _added.Count + _dropped.Count + _rekeyed.Count == 0;

    /// <summary>The added environments.</summary>
    public string Added => Text(_added);

    /// <summary>The removed environments.</summary>
    public string Dropped => Text(_dropped);

    /// <summary>The environments with changed keys.</summary>
    public string Rekeyed => Text(_rekeyed);

    public void Add(ListedEnvironment environment, IEnumerable<ServerSideKey> keys) =>
        _added.Add(Text(environment.Name, environment.ClientSideKey, keys));

    public void Rekey(ListedEnvironment environment, IEnumerable<ServerSideKey> keys) =>
        _rekeyed.Add(Text(environment.Name, environment.ClientSideKey, keys));

    public void Drop(DiscoveredEnvironment environment) =>
        _dropped.Add($"'{environment.Name}' ({KeyMask.Mask(environment.State.ClientSideKey)})");

    private static string Text(string? name, string clientSideKey, IEnumerable<ServerSideKey> keys) =>
        $"'{name}' ({KeyMask.Mask(clientSideKey)}: {string.Join(", ", keys.Select(static key => KeyMask.Mask(key.Key)))})";

    private static string Text(List<string> environments) =>
        environments.Count == 0 ? "none"
        : environments.Count <= MaxNamed ? string.Join("; ", environments)
        : $"{string.Join("; ", environments.Take(MaxNamed))}; and {environments.Count - MaxNamed} more";
}
