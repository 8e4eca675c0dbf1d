using System.Text.Json;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Differences;

/// <summary>Compares two states of a feature: of the environment, or of a segment.</summary>
internal static class StateComparison
{
    /// <summary>Lists the differences.</summary>
    /// <param name="before">The earlier state.</param>
    /// <param name="after">The later state.</param>
    /// <param name="segment">The segment; null for the environment's own state.</param>
    public static IEnumerable<EnvironmentChange> Compare(FeatureState before, FeatureState after, string? segment)
    {
        if (before.Enabled != after.Enabled)
        {
            yield return Change(EnvironmentChangeKind.Enabled, "switched", ChangeText.Of(before.Enabled), ChangeText.Of(after.Enabled));
        }

        if (before.Value != after.Value)
        {
            yield return Change(EnvironmentChangeKind.Value, "value", ChangeText.Of(before.Value), ChangeText.Of(after.Value));
        }

        if (!before.Variants.SequenceEqual(after.Variants))
        {
            yield return Change(EnvironmentChangeKind.Variants, "variants", ChangeText.Of(before.Variants), ChangeText.Of(after.Variants));
        }

        // Without variants it has no effect.
        if (before.Key != after.Key && (before.Variants.Count > 0 || after.Variants.Count > 0))
        {
            yield return Change(EnvironmentChangeKind.Seed, "seed of the variants", ChangeText.Quote(before.Key), ChangeText.Quote(after.Key));
        }

        if (segment is null && (before.Type != after.Type || before.FeatureId != after.FeatureId || MetadataOf(before) != MetadataOf(after)))
        {
            yield return Change(EnvironmentChangeKind.Details, "id, type or metadata", DetailsOf(before), DetailsOf(after));
        }

        EnvironmentChange Change(EnvironmentChangeKind kind, string place, string earlier, string later) =>
            new(kind) { Feature = after.Name, Segment = segment, Place = place, Before = earlier, After = later };
    }

    private static string DetailsOf(FeatureState state) =>
        ChangeText.Cut(FormattableString.Invariant($"{state.FeatureId} {state.Type} {MetadataOf(state)}").TrimEnd());

    private static string? MetadataOf(FeatureState state) => state.Metadata is JsonElement metadata ? metadata.GetRawText() : state.Metadata?.ToString();
}
