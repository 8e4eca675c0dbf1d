using System.Collections.Concurrent;

namespace EdgeProxy.Host.Traits;

/// <summary>The keys that requests came with, by key and by number. Only valid keys get here, so there are few.</summary>
internal sealed class TraitSources
{
    private readonly ConcurrentDictionary<string, TraitSource> _byKey = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TraitSource>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly Dictionary<string, TraitEnvironment> _environments = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private TraitSource[] _byNumber = [];

    public TraitSources()
    {
        _lookup = _byKey.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The source of a number.</summary>
    public TraitSource this[int number] => Volatile.Read(ref _byNumber)[number];

    /// <summary>The source of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="clientSideKey">The client-side key of its environment.</param>
    public TraitSource Of(ReadOnlySpan<char> key, string clientSideKey) => _lookup.TryGetValue(key, out var source) ? source : Add(key.ToString(), clientSideKey);

    /// <summary>The number of calls that wait for an environment.</summary>
    public int Waiting(string clientSideKey)
    {
        lock (_lock)
        {
            return _environments.TryGetValue(clientSideKey, out var environment) ? environment.Waiting : 0;
        }
    }

    private TraitSource Add(string key, string clientSideKey)
    {
        lock (_lock)
        {
            if (_byKey.TryGetValue(key, out var source))
            {
                return source;
            }

            if (!_environments.TryGetValue(clientSideKey, out var environment))
            {
                environment = new TraitEnvironment(_environments.Count, clientSideKey);
                _environments.Add(clientSideKey, environment);
            }

            source = new TraitSource(_byNumber.Length, key, string.Equals(key, clientSideKey, StringComparison.Ordinal), environment);
            Volatile.Write(ref _byNumber, [.. _byNumber, source]);
            _byKey[key] = source;
            return source;
        }
    }
}
