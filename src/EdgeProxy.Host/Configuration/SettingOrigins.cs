namespace EdgeProxy.Host.Configuration;

/// <summary>The source of each value, by its path.</summary>
internal sealed class SettingOrigins
{
    private readonly Dictionary<string, SettingSource> _sources = new(StringComparer.Ordinal);

    /// <summary>Records the source of the value at a path, and of everything below it.</summary>
    public void Set(string path, SettingSource source)
    {
        foreach (var below in _sources.Keys.Where(key => IsBelow(key, path)).ToList())
        {
            _sources.Remove(below);
        }

        _sources[path] = source;
    }

    /// <summary>Records the source of the value at a path only.</summary>
    public void SetOnly(string path, SettingSource source) => _sources[path] = source;

    /// <summary>Returns the source of the value at a path, or of its nearest ancestor; null if unknown.</summary>
    public SettingSource? Find(string path)
    {
        while (true)
        {
            if (_sources.TryGetValue(path, out var source))
            {
                return source;
            }

            var end = path.LastIndexOfAny(['.', '[']);
            if (end < 0)
            {
                return null;
            }

            path = path[..end];
        }
    }

    private static bool IsBelow(string key, string path) =>
        key.Length > path.Length && key.StartsWith(path, StringComparison.Ordinal) && key[path.Length] is '.' or '[';
}
