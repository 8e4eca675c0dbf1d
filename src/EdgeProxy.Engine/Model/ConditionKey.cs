namespace EdgeProxy.Engine.Model;

/// <summary>The identity of a condition: two conditions with equal keys match the same identities.</summary>
internal readonly record struct ConditionKey(string Property, string Operator, string? Value, string? Values, string? SegmentKey)
{
    /// <summary>Creates the key of a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="segmentKey">The key of its segment, which seeds percentage splits.</param>
    public static ConditionKey Of(SegmentCondition condition, string segmentKey) => new(
        condition.Property,
        condition.Operator,
        condition.Value,
        condition.Values is null ? null : Identify(condition.Values),
        condition.Operator == ConditionOperators.PercentageSplit ? segmentKey : null);

    /// <summary>Joins a list unambiguously: with lengths, since any separator may be part of an item.</summary>
    private static string Identify(IReadOnlyList<string> values) => string.Concat(values.Select(static value => $"{value.Length}:{value}"));
}
