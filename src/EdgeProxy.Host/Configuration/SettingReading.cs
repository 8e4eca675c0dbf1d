namespace EdgeProxy.Host.Configuration;

/// <summary>One pass over all settings, which collects everything that is wrong.</summary>
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

    /// <summary>The paths of values that are not acted on.</summary>
    public IReadOnlyList<string> Ignored => _ignored;

    /// <summary>Determines whether the value at a path must not be shown.</summary>
    public bool IsSecret(string path) => _catalog.IsSecret(path);

    /// <summary>Adds a problem; of several at one path the first counts.</summary>
    public void Add(string path, string message)
    {
        if (!_problems.Exists(problem => problem.Path == path))
        {
            _problems.Add(new SettingProblem(path, message) { Source = _origins.Find(path) });
        }
    }

    /// <summary>Adds the path of a value that is not acted on.</summary>
    public void Ignore(string path) => _ignored.Add(path);

    /// <summary>Claims a key, which must open one environment only; false if it is taken.</summary>
    public bool TryClaim(string key) => _claimed.Add(key);
}
