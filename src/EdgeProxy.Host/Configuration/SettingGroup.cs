namespace EdgeProxy.Host.Configuration;

/// <summary>The settings of an options type.</summary>
/// <typeparam name="TOptions">The options type; a new one holds the defaults.</typeparam>
internal sealed class SettingGroup<TOptions>
    where TOptions : class, new()
{
    /// <param name="settings">The definitions, in the order in which people read about them.</param>
    public SettingGroup(params IReadOnlyList<SettingOf<TOptions>> settings)
    {
        Settings = settings;
    }

    /// <summary>The definitions, in the order in which people read about them.</summary>
    public IReadOnlyList<SettingOf<TOptions>> Settings { get; }

    /// <summary>Reads the options; each wrong value becomes a problem, and counts as the default.</summary>
    /// <param name="root">All settings.</param>
    public TOptions Read(SettingNode root) => Settings.Aggregate(new TOptions(), (options, setting) => setting.Apply(root, options));
}
