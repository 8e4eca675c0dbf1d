namespace EdgeProxy.Fuzzing;

/// <summary>Something that must not be.</summary>
/// <param name="Case">The number of the case it came up in.</param>
/// <param name="Problem">What it is.</param>
/// <param name="Reproduction">How to see it again.</param>
internal sealed record Finding(long Case, string Problem, string Reproduction);
