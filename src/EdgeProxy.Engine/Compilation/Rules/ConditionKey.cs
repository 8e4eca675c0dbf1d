using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Compilation.Rules;

/// <summary>The identity of a condition: two conditions with equal keys match the same identities.</summary>
internal readonly record struct ConditionKey(string Property, string Operator, string? Value, string? Values, string? SegmentKey)
{
    /// <summary>The key of a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="segmentKey">The segment that it stands in, which seeds its percentage splits.</param>
    public static ConditionKey Of(SegmentCondition condition, string segmentKey) => new(
        condition.Property,
        condition.Operator,
        condition.Value,
        condition.Values is null ? null : Identify(condition.Values),
        condition.Operator == ConditionOperators.PercentageSplit ? segmentKey : null);

    /// <summary>A text that no other list gives: with lengths, since any separator may be part of an item.</summary>
    private static string Identify(IReadOnlyList<string> values) => string.Concat(values.Select(static value => $"{value.Length}:{value}"));
}
