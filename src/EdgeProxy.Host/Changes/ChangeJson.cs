using System.Text.Json;
using EdgeProxy.Engine.Differences;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Changes;

/// <summary>Differences in JSON (docs/spec/changes.md 2.2).</summary>
internal static class ChangeJson
{
    /// <summary>Writes an array with an object for each difference.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<EnvironmentChange> changes)
    {
        writer.WriteStartArray();
        foreach (var change in changes)
        {
            writer.WriteStartObject();
            writer.WriteString("kind"u8, NameOf(change.Kind));
            writer.WriteString("feature"u8, change.Feature);
            writer.WriteString("segment"u8, change.Segment);
            writer.WriteString("before"u8, change.Before);
            writer.WriteString("after"u8, change.After);
            if (change.Count > 0)
            {
                writer.WriteNumber("identities"u8, change.Count);
            }

            writer.WriteString("text"u8, change.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes an effect as an object.</summary>
    public static void Write(Utf8JsonWriter writer, AnswerImpact impact)
    {
        writer.WriteStartObject();
        writer.WriteNumber("sampled_identities"u8, impact.Identities);
        writer.WriteNumber("changed_identities"u8, impact.Changed);
        writer.WriteNumber("max_percent"u8, impact.MaxPercent);
        writer.WriteStartArray("features"u8);
        foreach (var feature in impact.Features)
        {
            writer.WriteStartObject();
            writer.WriteString("feature"u8, feature.Feature);
            writer.WriteNumber("identities"u8, feature.Identities);
            writer.WriteNumber("percent"u8, impact.PercentOf(feature.Identities));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("text"u8, impact.ToString());
        writer.WriteEndObject();
    }

    private static ReadOnlySpan<byte> NameOf(EnvironmentChangeKind kind) => kind switch
    {
        EnvironmentChangeKind.Setting => "setting"u8,
        EnvironmentChangeKind.FeatureAdded => "feature_added"u8,
        EnvironmentChangeKind.FeatureRemoved => "feature_removed"u8,
        EnvironmentChangeKind.Enabled => "enabled"u8,
        EnvironmentChangeKind.Value => "value"u8,
        EnvironmentChangeKind.Variants => "variants"u8,
        EnvironmentChangeKind.Seed => "seed"u8,
        EnvironmentChangeKind.Details => "details"u8,
        EnvironmentChangeKind.Visibility => "visibility"u8,
        EnvironmentChangeKind.SegmentAdded => "segment_added"u8,
        EnvironmentChangeKind.SegmentRemoved => "segment_removed"u8,
        EnvironmentChangeKind.SegmentName => "segment_name"u8,
        EnvironmentChangeKind.SegmentRules => "segment_rules"u8,
        EnvironmentChangeKind.SegmentOrder => "segment_order"u8,
        EnvironmentChangeKind.OverrideAdded => "override_added"u8,
        EnvironmentChangeKind.OverrideRemoved => "override_removed"u8,
        EnvironmentChangeKind.OverridePriority => "override_priority"u8,
        EnvironmentChangeKind.IdentityOverridesAdded => "identity_overrides_added"u8,
        EnvironmentChangeKind.IdentityOverridesRemoved => "identity_overrides_removed"u8,
        _ => "identity_overrides_changed"u8,
    };
}
