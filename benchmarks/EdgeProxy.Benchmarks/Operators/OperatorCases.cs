using EdgeProxy.Engine.Model;

namespace EdgeProxy.Benchmarks.Operators;

/// <summary>One case for each operator; the tests see to it that none is forgotten and that each is met.</summary>
internal static class OperatorCases
{
    /// <summary>In the order of <see cref="ConditionOperators"/>.</summary>
    public static IReadOnlyList<OperatorCase> All { get; } =
    [
        new(ConditionOperators.In, "free,pro,enterprise", "\"pro\""),
        new(ConditionOperators.PercentageSplit, "50", "\"user-42\""),
        new(ConditionOperators.IsSet, null, "\"pro\""),
        new(ConditionOperators.IsNotSet, null, null),
        new(ConditionOperators.Equal, "pro", "\"pro\""),
        new(ConditionOperators.NotEqual, "free", "\"pro\""),
        new(ConditionOperators.GreaterThan, "5", "12"),
        new(ConditionOperators.GreaterThanInclusive, "5", "5"),
        new(ConditionOperators.LessThan, "5", "3"),
        new(ConditionOperators.LessThanInclusive, "5", "5"),
        new(ConditionOperators.Contains, "@example.", "\"somebody@example.com\""),
        new(ConditionOperators.NotContains, "@example.", "\"somebody@elsewhere.com\""),
        new(ConditionOperators.Regex, @"[a-z]+@example\.com$", "\"somebody@example.com\""),
        new(ConditionOperators.Modulo, "3|1", "10"),
    ];
}
