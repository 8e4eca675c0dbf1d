namespace EdgeProxy.Fuzzing;

/// <summary>Something that must not be.</summary>
/// <param name="Case">The number of the case it came up in.</param>
/// <param name="Problem">The problem.</param>
/// <param name="Reproduction">The way to reproduce it.</param>
internal sealed record Finding(long Case, string Problem, string Reproduction);
