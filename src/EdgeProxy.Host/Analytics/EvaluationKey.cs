namespace EdgeProxy.Host.Analytics;

/// <summary>A combination of feature, identity and state, whose evaluations are counted together.</summary>
/// <param name="Feature">The name of the feature.</param>
/// <param name="Identifier">The identifier of the identity; null for none.</param>
/// <param name="IsEnabled">True if the feature was enabled.</param>
internal readonly record struct EvaluationKey(string Feature, string? Identifier, bool IsEnabled)
{
    /// <summary>The number of characters.</summary>
    public int Length => Feature.Length + (Identifier?.Length ?? 0);
}
