using System.Collections.Frozen;

namespace EdgeProxy.Engine.Languages.Regexes;

/// <summary>A pattern without errors.</summary>
/// <param name="Root">The whole of it.</param>
/// <param name="ReferencedGroups">The groups whose text or state matters to some other part.</param>
/// <param name="IsRegular">
/// True if it is a regular expression in the narrow sense, so that all ways of matching can be followed at once: no lookaround,
/// reference, conditional, atomic group or possessive repetition.
/// </param>
internal sealed record ParsedPattern(PatternNode Root, IReadOnlySet<int> ReferencedGroups, bool IsRegular)
{
    public static ParsedPattern Regular(PatternNode root) => new(root, FrozenSet<int>.Empty, IsRegular: true);
}
