using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Benchmarks.Subjects;

/// <summary>Environments of features with prerequisites, in the form of Flagsmith's dashboard.</summary>
internal static class DependencyModels
{
    /// <summary>The snapshot of twice as many features, one half of which has a prerequisite.</summary>
    public static EnvironmentSnapshot Snapshot(DependencyKind kind, int dependents) => EnvironmentCompiler.Compile(new EnvironmentModel
    {
        Key = "environment",
        Features = [.. Enumerable.Range(0, dependents).SelectMany(static i => (FeatureState[])[State($"dependent_{i}", i), State($"other_{i}", i)])],
        Segments = [.. Enumerable.Range(0, dependents).Select(i => Gate(i, PropertyFor(kind, i, dependents)))],
    }).Snapshot;

    private static string PropertyFor(DependencyKind kind, int dependent, int count) => kind switch
    {
        DependencyKind.None => $"trait_{dependent}",
        DependencyKind.Separate => $"$.flags[\"other_{dependent}\"].enabled",
        DependencyKind.Chain when dependent == 0 => "$.flags[\"other_0\"].enabled",
        _ => $"$.flags[\"dependent_{(dependent == 0 ? count : dependent) - 1}\"].enabled",
    };

    private static Segment Gate(int dependent, string property) => new()
    {
        Key = $"{dependent}",
        Name = $"dependent_{dependent}-depends-on-other",
        Rules =
        [
            new SegmentRule
            {
                Type = RuleTypes.Any,
                Conditions = [new SegmentCondition { Property = property, Operator = ConditionOperators.NotEqual, Value = "true" }],
            },
        ],
        Overrides = [new SegmentOverride { State = State($"dependent_{dependent}", dependent) with { Enabled = false }, Priority = 0 }],
    };

    private static FeatureState State(string name, int id) => new() { Name = name, FeatureId = id, Key = name, Enabled = true };
}
