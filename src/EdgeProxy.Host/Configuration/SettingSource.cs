namespace EdgeProxy.Host.Configuration;

/// <summary>The source of a value.</summary>
/// <param name="Strength">The kind of source; a higher one has precedence.</param>
/// <param name="Name">The file, the environment variable or the option.</param>
/// <param name="Line">The line of the file, from 1; 0 where there is none.</param>
internal sealed record SettingSource(SettingStrength Strength, string Name, int Line = 0)
{
    /// <inheritdoc/>
    public override string ToString() => Strength switch
    {
        SettingStrength.Variable => $"environment variable {Name}",
        SettingStrength.Option => $"option {Name}",
        _ => Line == 0 ? Name : $"{Name}, line {Line}",
    };
}
