using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Evaluation.Dependencies;

/// <summary>Short ways to write environments in which flags depend on flags.</summary>
internal static class FlagModel
{
    public const string Circular = "ERROR; code=CIRCULAR_DEPENDENCY";

    public static FeatureState On(string name, ScalarValue value = default) => new() { Name = name, Key = name, Enabled = true, Value = value };

    public static FeatureState Off(string name, ScalarValue value = default) => new() { Name = name, Key = name, Value = value };

    public static EnvironmentModel EnvironmentOf(IReadOnlyList<FeatureState> features, params Segment[] segments) =>
        new() { Key = "env", Features = features, Segments = [.. segments.Select((segment, i) => segment with { Key = $"{i}" })] };

    /// <summary>A segment with one rule, which overrides features.</summary>
    public static Segment Segment(string name, SegmentRule rule, params FeatureState[] overrides) => new()
    {
        Key = name,
        Name = name,
        Rules = [rule],
        Overrides = [.. overrides.Select(static state => new SegmentOverride { State = state })],
    };

    public static Segment WithPriority(this Segment segment, double priority) =>
        segment with { Overrides = [.. segment.Overrides.Select(item => item with { Priority = priority })] };

    public static SegmentRule All(params SegmentCondition[] conditions) => new() { Type = RuleTypes.All, Conditions = conditions };

    public static SegmentRule Any(params SegmentCondition[] conditions) => new() { Type = RuleTypes.Any, Conditions = conditions };

    public static SegmentRule None(params SegmentCondition[] conditions) => new() { Type = RuleTypes.None, Conditions = conditions };

    public static SegmentCondition Condition(string property, string @operator, string? value = null) =>
        new() { Property = property, Operator = @operator, Value = value };

    public static SegmentCondition IsOn(string feature) => Condition($"$.flags['{feature}'].enabled", ConditionOperators.Equal, "true");

    /// <summary>A prerequisite as Flagsmith's dashboard writes it: the dependent is off while the prerequisite is.</summary>
    public static Segment Gate(string dependent, string prerequisite) =>
        Segment(
            $"{dependent}-depends-on-{prerequisite}",
            Any(Condition($"$.flags[\"{prerequisite}\"].enabled", ConditionOperators.NotEqual, "true")),
            Off(dependent)).WithPriority(0);

    public static EnvironmentSnapshot Compile(EnvironmentModel model) => EnvironmentCompiler.Compile(model).Snapshot;

    public static EvaluationResult Evaluate(EnvironmentModel model, params (string Key, ScalarValue Value)[] traits) =>
        Compile(model).Evaluate(new Identity("somebody") { Traits = traits.ToDictionary(static trait => trait.Key, static trait => trait.Value) });

    /// <summary>The features that are on.</summary>
    public static IEnumerable<string> Enabled(EvaluationResult result) =>
        result.Flags.Values.Where(static flag => flag.Enabled).Select(static flag => flag.Name);

    public static IEnumerable<string> Matching(EvaluationResult result) => result.Segments.Select(static segment => segment.Name);

    /// <summary>The features with the reason of a cycle.</summary>
    public static IEnumerable<string> InError(EvaluationResult result) =>
        result.Flags.Values.Where(static flag => flag.Reason == Circular).Select(static flag => flag.Name);
}
