namespace EdgeProxy.Host.Configuration;

/// <summary>The definition of a setting that sets a member of an options type.</summary>
/// <typeparam name="TOptions">The options type.</typeparam>
internal abstract class SettingOf<TOptions> : Setting
{
    /// <inheritdoc/>
    protected SettingOf(string name, SettingForm form)
        : base(name, form)
    {
    }

    /// <summary>Returns a copy of the options with the value that is set; the same options if none is.</summary>
    /// <param name="root">All settings.</param>
    /// <param name="options">The options so far.</param>
    public abstract TOptions Apply(SettingNode root, TOptions options);
}
