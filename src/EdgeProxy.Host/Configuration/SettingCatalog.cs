namespace EdgeProxy.Host.Configuration;

/// <summary>All definitions of settings, in the order of the documentation.</summary>
internal sealed class SettingCatalog
{
    private readonly HashSet<string> _secrets;

    /// <param name="settings">The definitions.</param>
    public SettingCatalog(IEnumerable<Setting> settings)
    {
        All = [.. settings];
        Names = [.. All.SelectMany(static setting => setting.Names), .. All.Select(static setting => setting.FileName).OfType<string>()];
        TopLevelNames = [.. Names.Select(static name => name.Split('.')[0]).Distinct(StringComparer.Ordinal)];
        _secrets = [.. All.Where(static setting => setting.IsSecret).SelectMany(static setting => setting.Names)];
    }

    /// <summary>The definitions.</summary>
    public IReadOnlyList<Setting> All { get; }

    /// <summary>Every known name.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The first part of every known name.</summary>
    public IReadOnlyList<string> TopLevelNames { get; }

    /// <summary>Determines whether the name is one of a group, as <c>server</c> is.</summary>
    public bool IsStructured(string name) => Names.Any(other => other.StartsWith(name + '.', StringComparison.Ordinal));

    /// <summary>Determines whether a setting takes any text, so that text that looks like JSON is not read as JSON.</summary>
    public bool TakesText(string name) =>
        !All.Any(setting => setting.Names.Contains(name, StringComparer.Ordinal) && ((setting.Form as IOptionalForm)?.Inner ?? setting.Form) is not TextForm);

    /// <summary>Determines whether a name is known: as a setting, as a part of one, or as a group.</summary>
    public bool IsKnown(string name) => Belongs(name, Names);

    /// <summary>Determines whether a name is a setting of the Flagsmith Edge Proxy that this version does not act on.</summary>
    public bool IsNotSupported(string name) =>
        Belongs(name, All.Where(static setting => setting.Support == SettingSupport.NotSupported).SelectMany(static setting => setting.Names));

    /// <summary>Determines whether the value at a path must not be shown.</summary>
    /// <param name="path">The path, as in <c>environment_key_pairs[0].server_side_key</c>.</param>
    public bool IsSecret(string path) =>
        _secrets.Contains(path.Split('[')[0]) || _secrets.Any(name => path.StartsWith(name + '.', StringComparison.Ordinal))
        || path.EndsWith("_key", StringComparison.Ordinal);

    /// <summary>Determines whether a setting of a group is secret.</summary>
    public bool HasSecrets(string group) => _secrets.Any(name => name.StartsWith(group + '.', StringComparison.Ordinal));

    /// <summary>Finds the known name that is nearest to an unknown one; null if none is near.</summary>
    public string? Nearest(string name) => NearestName.Of(name, Names);

    private static bool Belongs(string name, IEnumerable<string> known) =>
        known.Any(other => name == other
            || name.StartsWith(other + '.', StringComparison.Ordinal)
            || other.StartsWith(name + '.', StringComparison.Ordinal));
}
