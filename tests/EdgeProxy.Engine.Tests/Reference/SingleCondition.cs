using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>
/// The smallest model around one condition: it holds where <see cref="SegmentName"/> matches, and where the flag
/// <see cref="FeatureName"/> is on.
/// </summary>
internal static class SingleCondition
{
    public const string SegmentName = "segment";

    public const string FeatureName = "feature";

    /// <summary>The trait that holds the value.</summary>
    public const string Property = "trait";

    /// <summary>The marker for a missing trait in tables of cases.</summary>
    public const string Absent = "absent";

    /// <summary>The key that seeds percentage splits.</summary>
    private const string SegmentKey = "1";

    public static EnvironmentModel Model(SegmentCondition condition) => new()
    {
        Key = "env",
        Name = "Production",
        Features = [new FeatureState { Name = FeatureName }],
        Segments =
        [
            new Segment
            {
                Key = SegmentKey,
                Name = SegmentName,
                Rules = [new SegmentRule { Type = RuleTypes.All, Conditions = [condition] }],
                Overrides = [new SegmentOverride { State = new FeatureState { Name = FeatureName, Enabled = true } }],
            },
        ],
    };

    /// <summary>An identity with the value as its trait.</summary>
    /// <param name="value">
    /// <c>'text'</c> for a string, with nothing escaped; JSON for anything else; <see cref="Absent"/>.
    /// </param>
    public static Identity Identity(string value)
    {
        var identity = new Identity("somebody");
        if (value != Absent)
        {
            identity.Traits[Property] = Scalar(value);
        }

        return identity;
    }

    private static ScalarValue Scalar(string value) => value switch
    {
        ['\'', .. var text, '\''] => text,
        "null" => ScalarValue.Null,
        "true" => true,
        "false" => false,
        _ => ScalarValue.FromJsonNumber(value),
    };
}
