namespace EdgeProxy.Host.Configuration;

/// <summary>The kinds of sources, from the weakest to the strongest.</summary>
internal enum SettingStrength
{
    /// <summary>The JSON file.</summary>
    File,

    /// <summary>An environment variable.</summary>
    Variable,

    /// <summary>An option of the command line.</summary>
    Option,
}
