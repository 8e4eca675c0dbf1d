using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>The value of a setting, as operators may see it.</summary>
/// <param name="Name">The name of the setting.</param>
/// <param name="Value">The value, masked if it is secret; null if there is none.</param>
/// <param name="Source">The source of the value; null for the default.</param>
internal sealed record EffectiveSetting(string Name, JsonNode? Value, SettingSource? Source);
