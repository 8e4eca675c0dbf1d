using System.Globalization;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>A condition, with values for which it holds, and values for which it does not.</summary>
internal sealed class AimedCondition
{
    private readonly List<(ScalarValue Value, bool Holds)> _values = [];

    /// <param name="environmentKey">The key of the environment.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="target">The part of a request that it reads.</param>
    public AimedCondition(string environmentKey, Segment segment, SegmentCondition condition, PropertyTarget target)
    {
        Condition = condition;
        Target = target;
        var oracle = new ConditionOracle(environmentKey, segment, condition);
        var nobody = new AskedIdentity("edge-proxy-compare");
        var values = condition.Operator == ConditionOperators.PercentageSplit ? NearestTo(environmentKey, segment.Key, condition, target) : BorderValues.Of(condition);
        foreach (var value in values)
        {
            _values.Add((value, oracle.Holds(nobody.With(target, value))));
        }
    }

    /// <summary>The condition.</summary>
    public SegmentCondition Condition { get; }

    /// <summary>The part of a request that it reads.</summary>
    public PropertyTarget Target { get; }

    /// <summary>All values.</summary>
    public IEnumerable<ScalarValue> Values => _values.Select(static value => value.Value);

    /// <summary>Finds a value for which the condition holds, or one for which it does not.</summary>
    /// <returns>Null if none is known.</returns>
    public ScalarValue? Find(bool holds)
    {
        foreach (var (value, isHeld) in _values)
        {
            if (isHeld == holds)
            {
                return value;
            }
        }

        return null;
    }

    private static IEnumerable<ScalarValue> NearestTo(string environmentKey, string segmentKey, SegmentCondition condition, PropertyTarget target)
    {
        var threshold = double.TryParse(condition.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

        // The subject is the identity key, unless the property names a trait or the identifier.
        var isKey = target.Trait is null && !condition.Property.Contains("identifier", StringComparison.Ordinal);
        return SplitIdentities.NearestTo(threshold, segmentKey, text => isKey ? $"{environmentKey}_{text}" : text).Select(static text => (ScalarValue)text);
    }
}
