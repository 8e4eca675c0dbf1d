using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>
/// The definition of a setting. It is written once, beside the options that it sets, and everything else is derived from
/// it: reading and validation, environment variables, the command line, the reference in docs, the JSON Schema and
/// suggestions for misspelled names.
/// </summary>
internal abstract class Setting
{
    /// <param name="name">The name, with dots where it is part of another.</param>
    /// <param name="form">The accepted values.</param>
    protected Setting(string name, SettingForm form)
    {
        Name = name;
        Form = form;
    }

    /// <summary>The name, with dots where it is part of another.</summary>
    public string Name { get; }

    /// <summary>The accepted values.</summary>
    public SettingForm Form { get; }

    /// <summary>The default; null where it is not set by default.</summary>
    public abstract JsonNode? Default { get; }

    /// <summary>Describes the setting, and the meaning of 0 and null: one line of Markdown.</summary>
    public required string Meaning { get; init; }

    /// <summary>The value in a new configuration file where there is no default, as JSON; null to leave the setting out.</summary>
    public string? InitialValue { get; init; }

    /// <summary>The unit of its value; null where it has none.</summary>
    public string? Unit { get; init; }

    /// <summary>The version that introduced it.</summary>
    public string Since { get; init; } = "0.1";

    /// <summary>Alternative names, with lower precedence than its own.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The support for the setting.</summary>
    public SettingSupport Support { get; init; }

    /// <summary>Indicates whether only an environment variable sets it.</summary>
    public bool IsVariableOnly { get; init; }

    /// <summary>Indicates whether its value must not be shown; such a setting may be given as a file, too.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The command-line option; null if there is none.</summary>
    public SettingOption? Option { get; init; }

    /// <summary>The name of the setting for the path of a file with the value; null if there is none.</summary>
    public string? FileName => IsSecret ? $"{Name}_file" : null;

    /// <summary>All names, by descending precedence.</summary>
    public IEnumerable<string> Names => [Name, .. Aliases];
}
