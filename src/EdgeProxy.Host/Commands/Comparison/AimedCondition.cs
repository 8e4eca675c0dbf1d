using System.Globalization;
using System.Text;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>A condition, with values for which it holds, and values for which it does not.</summary>
internal sealed class AimedCondition
{
    // Identities among which those nearest to the border of a split are found: a tenth of a percent apart.
    private const int SplitCandidates = 1000;
    private const int NearSplit = 4;

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
        var owner = Encoding.UTF8.GetBytes(segmentKey);

        // The subject is the identity key, unless the property names a trait or the identifier.
        var isKey = target.Trait is null && !condition.Property.Contains("identifier", StringComparison.Ordinal);
        var all = Enumerable.Range(0, SplitCandidates)
            .Select(static i => $"edge-proxy-compare-{i}")
            .Select(text => (Text: text, Distance: PercentageHash.Of(owner, Encoding.UTF8.GetBytes(isKey ? $"{environmentKey}_{text}" : text)) - threshold))
            .ToList();
        var below = all.Where(static candidate => candidate.Distance <= 0).OrderByDescending(static candidate => candidate.Distance).Take(NearSplit);
        var above = all.Where(static candidate => candidate.Distance > 0).OrderBy(static candidate => candidate.Distance).Take(NearSplit);
        return below.Concat(above).Select(static candidate => (ScalarValue)candidate.Text);
    }
}
