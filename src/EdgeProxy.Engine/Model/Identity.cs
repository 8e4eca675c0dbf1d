using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Model;

/// <summary>Somebody to evaluate flags for.</summary>
/// <param name="Identifier">Who it is; what identity overrides are found by.</param>
public sealed record Identity(string Identifier)
{
    /// <summary>
    /// Seeds percentage splits and variants. Null or empty: the environment key, an underscore and the identifier.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>What is known of the identity. A null value is as good as none.</summary>
    public IDictionary<string, ScalarValue> Traits { get; init; } = new Dictionary<string, ScalarValue>(StringComparer.Ordinal);
}
