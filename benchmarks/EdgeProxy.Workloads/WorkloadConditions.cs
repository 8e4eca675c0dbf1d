namespace EdgeProxy.Workloads;

/// <summary>The conditions that segments take in turn.</summary>
public static class WorkloadConditions
{
    private static readonly WorkloadCondition[] All =
    [
        new("EQUAL", "yes", "\"yes\"", "\"maybe\""),
        new("GREATER_THAN", "5", "10", "3"),
        new("CONTAINS", "a", "\"bar\"", "\"blue\""),
        new("IN", "a,b,c,1", "\"b\"", "\"z\""),
        new("NOT_EQUAL", "no", "\"perhaps\"", "\"no\""),
        new("LESS_THAN_INCLUSIVE", "40", "17", "41"),
        new("REGEX", "[a-z]+", "\"hello\"", "\"HELLO\""),
        new("PERCENTAGE_SPLIT", "50", null, null),
    ];

    /// <summary>The condition at a place.</summary>
    public static WorkloadCondition At(int place) => All[place % All.Length];

    /// <summary>The trait that the condition at a place is about; empty where it is about none.</summary>
    public static string PropertyAt(int place) => At(place).Matching is null ? "" : $"trait_{place}";
}
