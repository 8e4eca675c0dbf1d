using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Server;

/// <summary>The configuration: options, problems and sources.</summary>
/// <param name="Options">The options; valid only if there are no problems.</param>
/// <param name="Problems">All errors.</param>
/// <param name="Warnings">The warnings, for settings that are questionable but not invalid.</param>
/// <param name="Settings">The settings, from all sources.</param>
internal sealed record ConfigurationResult(
    ProxyOptions Options,
    IReadOnlyList<SettingProblem> Problems,
    IReadOnlyList<string> Warnings,
    JsonObject Settings)
{
    /// <summary>The settings that have no effect by design.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The files to watch.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The source of each value.</summary>
    public SettingOrigins Origins { get; init; } = new();

    /// <summary>The origin; null if it cannot change.</summary>
    public ConfigurationOrigin? Origin { get; init; }

    /// <summary>Returns the same without the environments of the API: a document from a file may be that of one of them.</summary>
    public ConfigurationResult OfDocuments() => this with { Options = Options with { EnvironmentKeyPairs = [] } };
}
