namespace EdgeProxy.Host.Configuration;

/// <summary>The source of each value, by its path.</summary>
internal sealed class SettingOrigins
{
    private readonly Dictionary<string, SettingSource> _sources = new(StringComparer.Ordinal);

    /// <summary>Notes where the value at a path, and everything below it, came from.</summary>
    public void Set(string path, SettingSource source)
    {
        foreach (var below in _sources.Keys.Where(key => IsBelow(key, path)).ToList())
        {
            _sources.Remove(below);
        }

        _sources[path] = source;
    }

    /// <summary>Notes where the value at a path came from, without what is below it.</summary>
    public void SetOnly(string path, SettingSource source) => _sources[path] = source;

    /// <summary>The source of the value at a path, or of what it is part of; null if it is not known.</summary>
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
