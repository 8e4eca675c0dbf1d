namespace EdgeProxy.Comparison.Mechanisms;

/// <summary>A mechanism of EdgeProxy, and the situations that show what it is worth or costs.</summary>
/// <param name="Name">The name in tables.</param>
/// <param name="Without">EdgeProxy without it.</param>
/// <param name="Situations">The situations.</param>
internal sealed record Mechanism(string Name, ProxyVariant Without, IReadOnlyList<Situation> Situations);
