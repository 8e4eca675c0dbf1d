namespace EdgeProxy.Host.Configuration;

/// <summary>The settings of an options type.</summary>
/// <typeparam name="TOptions">The options type; a new instance has the defaults.</typeparam>
internal sealed class SettingGroup<TOptions>
    where TOptions : class, new()
{
    /// <param name="settings">The definitions, in the order of the documentation.</param>
    public SettingGroup(params IReadOnlyList<SettingOf<TOptions>> settings)
    {
        Settings = settings;
    }

    /// <summary>The definitions, in the order of the documentation.</summary>
    public IReadOnlyList<SettingOf<TOptions>> Settings { get; }

    /// <summary>Reads the options; each invalid value becomes a problem, and is replaced by the default.</summary>
    /// <param name="root">All settings.</param>
    public TOptions Read(SettingNode root) => Settings.Aggregate(new TOptions(), (options, setting) => setting.Apply(root, options));
}
