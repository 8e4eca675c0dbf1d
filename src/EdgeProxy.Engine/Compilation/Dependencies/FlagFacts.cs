using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;

namespace EdgeProxy.Engine.Compilation.Dependencies;

/// <summary>The fields of a flag that conditions can read.</summary>
/// <param name="Name">The feature's name.</param>
/// <param name="Enabled">True if the flag is on.</param>
/// <param name="Value">The flag's value.</param>
/// <param name="FeatureId">The feature's id; null if it has none.</param>
/// <param name="Metadata">The metadata of the feature state.</param>
/// <param name="Source">The origin of the flag.</param>
internal readonly record struct FlagFacts(string Name, bool Enabled, ScalarValue Value, long? FeatureId, object? Metadata, FlagSource Source);
