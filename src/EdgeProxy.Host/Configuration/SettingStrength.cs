namespace EdgeProxy.Host.Configuration;

/// <summary>The kinds of sources, by ascending precedence.</summary>
internal enum SettingStrength
{
    /// <summary>The JSON file.</summary>
    File,

    /// <summary>An environment variable.</summary>
    Variable,

    /// <summary>A command-line option.</summary>
    Option,
}
