namespace EdgeProxy.Host.Configuration;

/// <summary>A pass over all settings that collects all problems.</summary>
internal sealed class SettingReading
{
    private readonly SettingCatalog _catalog;
    private readonly SettingOrigins _origins;
    private readonly List<SettingProblem> _problems = [];
    private readonly List<string> _ignored = [];
    private readonly HashSet<string> _claimed = new(StringComparer.Ordinal);

    /// <param name="catalog">The definitions.</param>
    /// <param name="origins">The sources of the values.</param>
    public SettingReading(SettingCatalog catalog, SettingOrigins origins)
    {
        _catalog = catalog;
        _origins = origins;
    }

    /// <summary>The problems.</summary>
    public IReadOnlyList<SettingProblem> Problems => _problems;

    /// <summary>The paths of values without effect.</summary>
    public IReadOnlyList<string> Ignored => _ignored;

    /// <summary>Determines whether the value at a path must not be shown.</summary>
    public bool IsSecret(string path) => _catalog.IsSecret(path);

    /// <summary>Adds a problem; only the first at each path is kept.</summary>
    public void Add(string path, string message)
    {
        if (!_problems.Exists(problem => problem.Path == path))
        {
            _problems.Add(new SettingProblem(path, message) { Source = _origins.Find(path) });
        }
    }

    /// <summary>Adds the path of a value without effect.</summary>
    public void Ignore(string path) => _ignored.Add(path);

    /// <summary>Registers a key, which must belong to one environment only; false if it is already used.</summary>
    public bool TryClaim(string key) => _claimed.Add(key);
}
