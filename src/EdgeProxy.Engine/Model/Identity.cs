namespace EdgeProxy.Engine.Model;

/// <summary>An identity to evaluate flags for.</summary>
/// <param name="Identifier">The identifier, by which identity overrides are found (docs/spec/evaluation.md 2.3).</param>
public sealed record Identity(string Identifier)
{
    /// <summary>
    /// The identity key (docs/spec/evaluation.md 2.1), which seeds percentage splits and variants. Null or empty: the environment key, an
    /// underscore and the identifier.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>The traits of the identity. A null value counts as none (docs/spec/evaluation.md 4.2).</summary>
    public IDictionary<string, ScalarValue> Traits { get; init; } = new Dictionary<string, ScalarValue>(StringComparer.Ordinal);
}
