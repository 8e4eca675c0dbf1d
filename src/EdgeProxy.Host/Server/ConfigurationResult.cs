using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Server;

/// <summary>The settings, bound.</summary>
/// <param name="Options">To be used only if there are no problems.</param>
/// <param name="Problems">Everything that is wrong.</param>
/// <param name="Warnings">What is worth a word, but not wrong.</param>
/// <param name="Settings">What was set, by whatever source.</param>
internal sealed record ConfigurationResult(
    ProxyOptions Options,
    IReadOnlyList<SettingProblem> Problems,
    IReadOnlyList<string> Warnings,
    JsonObject Settings)
{
    /// <summary>What has no effect, by design.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The files whose changes change settings.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Where each value came from.</summary>
    public SettingOrigins Origins { get; init; } = new();

    /// <summary>Where it came from; null where it cannot change.</summary>
    public ConfigurationOrigin? Origin { get; init; }
}
