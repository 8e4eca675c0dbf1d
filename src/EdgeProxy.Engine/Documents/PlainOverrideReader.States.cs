using System.Text.Json;

namespace EdgeProxy.Engine.Documents;

/// <content>The states of an override. The key is validated but not kept: only variants use it, and overrides have none.</content>
internal sealed partial class PlainOverrideReader
{
    private const StateMembers NeededOfState = StateMembers.Feature | StateMembers.Enabled | StateMembers.Value;
    private const FeatureMembers NeededOfFeature = FeatureMembers.Name | FeatureMembers.Id;

    [Flags]
    private enum StateMembers
    {
        None = 0,
        Feature = 1,
        Enabled = 2,
        Value = 4,
        Uuid = 8,
        Id = 16,
        Variants = 32,
        Metadata = 64,
    }

    [Flags]
    private enum FeatureMembers
    {
        None = 0,
        Name = 1,
        Id = 2,
        Type = 4,
    }

    private bool TryReadStates(ref Utf8JsonReader reader) => AreItems(ref reader, static (self, ref item) => self.TryReadState(ref item));

    private bool TryReadState(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var state = default(State);
        var seen = StateMembers.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = StateMemberOf(reader.ValueSpan);
            if (reader.ValueIsEscaped)
            {
                return false;
            }

            seen |= member;
            reader.Read();
            var isPlain = member switch
            {
                StateMembers.Feature => TryReadFeature(ref reader, ref state),
                StateMembers.Enabled => TryTakeBoolean(ref reader, out state.Enabled),
                StateMembers.Value => TryTakeScalar(ref reader, ref state),
                StateMembers.Uuid => IsOptionalText(ref reader),
                StateMembers.Id => reader.TokenType == JsonTokenType.Null || IsWholeNumber(ref reader, out _),
                StateMembers.Variants => AreVariants(ref reader),
                StateMembers.Metadata => TryTakeObject(ref reader, out state.Metadata),
                _ => reader.TrySkip(),
            };
            if (!isPlain)
            {
                return false;
            }
        }

        _states.Add(state);
        return (seen & NeededOfState) == NeededOfState;
    }

    private bool TryReadFeature(ref Utf8JsonReader reader, ref State state)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var seen = FeatureMembers.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = FeatureMemberOf(reader.ValueSpan);
            if (reader.ValueIsEscaped)
            {
                return false;
            }

            seen |= member;
            reader.Read();
            var isPlain = member switch
            {
                FeatureMembers.Name => TryTakeText(ref reader, out state.Name),
                FeatureMembers.Id => IsWholeNumber(ref reader, out state.FeatureId),
                FeatureMembers.Type => IsOptionalText(ref reader),
                _ => reader.TrySkip(),
            };
            if (!isPlain)
            {
                return false;
            }
        }

        return (seen & NeededOfFeature) == NeededOfFeature;
    }

    private static StateMembers StateMemberOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("feature"u8) ? StateMembers.Feature
        : name.SequenceEqual("enabled"u8) ? StateMembers.Enabled
        : name.SequenceEqual("feature_state_value"u8) ? StateMembers.Value
        : name.SequenceEqual("featurestate_uuid"u8) ? StateMembers.Uuid
        : name.SequenceEqual("django_id"u8) ? StateMembers.Id
        : name.SequenceEqual("multivariate_feature_state_values"u8) ? StateMembers.Variants
        : name.SequenceEqual("metadata"u8) ? StateMembers.Metadata
        : StateMembers.None;

    private static FeatureMembers FeatureMemberOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("name"u8) ? FeatureMembers.Name
        : name.SequenceEqual("id"u8) ? FeatureMembers.Id
        : name.SequenceEqual("type"u8) ? FeatureMembers.Type
        : FeatureMembers.None;
}
