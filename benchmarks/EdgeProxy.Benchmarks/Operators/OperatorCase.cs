using EdgeProxy.Benchmarks.Subjects;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Workloads;

namespace EdgeProxy.Benchmarks.Operators;

/// <summary>A condition and a trait that meets it.</summary>
/// <param name="Operator">One of <see cref="ConditionOperators"/>.</param>
/// <param name="Operand">The operand.</param>
/// <param name="Trait">The trait's value as JSON; null for somebody without that trait.</param>
internal sealed record OperatorCase(string Operator, string? Operand, string? Trait)
{
    /// <summary>The value of the one flag where the condition is met.</summary>
    public const string Overridden = "overridden";

    /// <summary>An environment with this condition only, and somebody who meets it.</summary>
    public EvaluationSubject ToSubject() =>
        new(EnvironmentCompiler.Compile(ToModel()).Snapshot, IdentityRequests.Body("user-42", [Trait is null ? ("other", "1") : ("trait", Trait)]));

    private EnvironmentModel ToModel()
    {
        var state = new FeatureState { Name = "feature", FeatureId = 1, Key = "1", Value = "default" };
        return new EnvironmentModel
        {
            Key = IdentityRequests.EnvironmentKey,
            Features = [state],
            Segments =
            [
                new Segment
                {
                    Key = "1",
                    Rules =
                    [
                        new SegmentRule
                        {
                            Type = RuleTypes.All,
                            Conditions = [new SegmentCondition { Property = "trait", Operator = Operator, Value = Operand }],
                        },
                    ],
                    Overrides = [new SegmentOverride { State = state with { Value = Overridden } }],
                },
            ],
        };
    }
}
