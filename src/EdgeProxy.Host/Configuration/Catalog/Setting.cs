using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration.Catalog;

/// <summary>
/// A setting as people see it. What is written down of it here (the reference in docs, the schema for editors, the names
/// that environment variables are looked up by) is held to what <see cref="OptionsBinder"/> does by tests.
/// </summary>
/// <param name="Name">Its name, with dots where it is part of another.</param>
/// <param name="Form">What values it takes.</param>
/// <param name="Default">The default as JSON; null where it is not set by default.</param>
/// <param name="Meaning">What it is for: a line of Markdown.</param>
internal sealed record Setting(string Name, SettingForm Form, string? Default, string Meaning)
{
    /// <summary>Another name for it, weaker than its own; null if there is none.</summary>
    public string? Alias { get; init; }

    /// <summary>What becomes of it.</summary>
    public SettingSupport Support { get; init; }

    /// <summary>Whether it can only be set by an environment variable.</summary>
    public bool IsVariableOnly { get; init; }

    /// <summary>Whether it may hold what nobody should read.</summary>
    public bool IsSecret { get; init; }

    /// <summary>All names it goes by.</summary>
    public IEnumerable<string> Names => Alias is null ? [Name] : [Name, Alias];

    /// <summary>The default.</summary>
    public JsonNode? DefaultNode() => Default is null ? null : JsonNode.Parse(Default);
}
