namespace EdgeProxy.Engine.Model;

/// <summary>A segment, and whether it matches (docs/spec/evaluation.md 3.1).</summary>
/// <param name="Key">The segment key.</param>
/// <param name="Name">The segment name.</param>
/// <param name="IsMatch">True if the segment matches.</param>
/// <param name="IsCircular">True if a circular dependency was met, so that it does not match (docs/spec/flag-dependencies.md 4.2).</param>
/// <param name="Rules">The rules, all of which must match.</param>
public sealed record SegmentExplanation(string Key, string Name, bool IsMatch, bool IsCircular, IReadOnlyList<RuleExplanation> Rules);
