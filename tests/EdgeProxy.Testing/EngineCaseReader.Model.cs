using System.Text.Json;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Testing;

/// <content>The evaluation context as a model.</content>
public static partial class EngineCaseReader
{
    private static EnvironmentModel ReadModel(JsonElement? context)
    {
        var environment = Member(context, "environment");
        return new EnvironmentModel
        {
            Key = Text(environment, "key") ?? "",
            Name = Text(environment, "name") ?? "",
            Features = [.. Items(context, "features").Select(ReadState)],
            Segments = [.. Items(context, "segments").Select(ReadSegment)],
        };
    }

    private static FeatureState ReadState((string? Key, JsonElement Content) state) => new()
    {
        Name = Text(state.Content, "name") ?? state.Key ?? "",
        Key = Text(state.Content, "key") ?? "",
        Enabled = Flag(state.Content, "enabled"),
        Value = Scalar(Member(state.Content, "value")),
        Variants = [.. Items(state.Content, "variants").Select(ReadVariant)],
        Metadata = Member(state.Content, "metadata")?.Clone(),
    };

    private static Variant ReadVariant((string? Key, JsonElement Content) variant) => new()
    {
        Value = Scalar(Member(variant.Content, "value")),
        Key = Text(variant.Content, "key"),
        Weight = Number(variant.Content, "weight") ?? 0,
        Priority = Number(variant.Content, "priority")?.AsInteger(),
    };

    private static Segment ReadSegment((string? Key, JsonElement Content) segment) => new()
    {
        Key = Text(segment.Content, "key") ?? segment.Key ?? "",
        Name = Text(segment.Content, "name") ?? "",
        Rules = [.. Items(segment.Content, "rules").Select(ReadRule)],
        Overrides = [.. Items(segment.Content, "overrides").Select(ReadOverride)],
        Metadata = Member(segment.Content, "metadata")?.Clone(),
    };

    private static SegmentOverride ReadOverride((string? Key, JsonElement Content) state) => new()
    {
        State = ReadState(state),
        Priority = Number(state.Content, "priority")?.AsDouble(),
    };

    private static SegmentRule ReadRule((string? Key, JsonElement Content) rule) => new()
    {
        Type = Text(rule.Content, "type") ?? "",
        Conditions = [.. Items(rule.Content, "conditions").Select(ReadCondition)],
        Rules = [.. Items(rule.Content, "rules").Select(ReadRule)],
    };

    private static SegmentCondition ReadCondition((string? Key, JsonElement Content) condition)
    {
        var value = Member(condition.Content, "value");
        return new SegmentCondition
        {
            Property = Text(condition.Content, "property") ?? "",
            Operator = Text(condition.Content, "operator") ?? "",
            Value = value is { ValueKind: not JsonValueKind.Array } scalar ? AsText(scalar) : null,
            Values = value is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(AsText).OfType<string>()] : null,
        };
    }

    /// <summary>A list's element as conditions compare with it; null for arrays and objects, which equal nothing.</summary>
    private static string? AsText(JsonElement element) =>
        element.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? null : Scalar(element).AsText();
}
