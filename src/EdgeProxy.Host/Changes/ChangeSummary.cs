using EdgeProxy.Engine.Differences;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Changes;

/// <summary>Sums differences up in one line (docs/spec/changes.md 1.3).</summary>
internal static class ChangeSummary
{
    /// <summary>The summary of no difference.</summary>
    public const string Nothing = "nothing that decides flags";

    /// <summary>Formats the line.</summary>
    public static string Of(IReadOnlyList<EnvironmentChange> changes)
    {
        var added = Features(EnvironmentChangeKind.FeatureAdded);
        var removed = Features(EnvironmentChangeKind.FeatureRemoved);
        var changed = changes.Select(static change => change.Feature).OfType<string>().Except(added).Except(removed).Count();
        var (newSegments, goneSegments) = (Count(EnvironmentChangeKind.SegmentAdded), Count(EnvironmentChangeKind.SegmentRemoved));
        var changedSegments = changes
            .Where(static change => change.Kind is EnvironmentChangeKind.SegmentRules or EnvironmentChangeKind.SegmentName)
            .Select(static change => change.Segment).Distinct(StringComparer.Ordinal).Count();
        var parts = new[]
        {
            Part(added.Length, "feature", "added"),
            Part(removed.Length, "feature", "removed"),
            Part(changed, "feature", "changed"),
            Part(newSegments, "segment", "added"),
            Part(goneSegments, "segment", "removed"),
            Part(changedSegments, "segment", "changed"),
            Count(EnvironmentChangeKind.SegmentOrder) > 0 ? "segments in another order" : null,
            Part(Identities(EnvironmentChangeKind.IdentityOverridesAdded), "identity override", "added"),
            Part(Identities(EnvironmentChangeKind.IdentityOverridesRemoved), "identity override", "removed"),
            Part(Identities(EnvironmentChangeKind.IdentityOverridesChanged), "identity override", "changed"),
            Part(Count(EnvironmentChangeKind.Setting), "setting", "changed"),
        };
        return string.Join(", ", parts.OfType<string>()) is { Length: > 0 } summary ? summary : Nothing;

        string[] Features(EnvironmentChangeKind kind) => [.. changes.Where(change => change.Kind == kind).Select(static change => change.Feature!)];
        int Count(EnvironmentChangeKind kind) => changes.Count(change => change.Kind == kind);
        int Identities(EnvironmentChangeKind kind) => changes.Where(change => change.Kind == kind).Sum(static change => change.Count);
    }

    private static string? Part(int count, string noun, string verb) => count == 0 ? null : $"{Quantity.Of(count, noun)} {verb}";
}
