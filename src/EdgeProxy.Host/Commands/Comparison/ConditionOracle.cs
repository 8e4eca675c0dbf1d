using EdgeProxy.Engine;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>Evaluates a single condition, so that identities can be made for which it holds or not.</summary>
internal sealed class ConditionOracle
{
    private const string Feature = "feature";

    private readonly CompiledEnvironment _environment;

    /// <param name="environmentKey">The key of the environment, which identity keys begin with.</param>
    /// <param name="segment">The segment, whose key seeds splits.</param>
    /// <param name="condition">The condition.</param>
    public ConditionOracle(string environmentKey, Segment segment, SegmentCondition condition)
    {
        var rule = new SegmentRule { Type = RuleTypes.All, Conditions = [condition] };
        var state = new FeatureState { Name = Feature };
        _environment = CompiledEnvironment.Compile(new EnvironmentModel
        {
            Key = environmentKey,
            Features = [state],
            Segments = [segment with { Rules = [rule], Overrides = [new SegmentOverride { State = state with { Enabled = true } }] }],
        });
    }

    /// <summary>Determines whether the condition holds for an identity.</summary>
    public bool Holds(AskedIdentity identity) => _environment.Evaluate(identity.ToIdentity()).Flags[Feature].Enabled;
}
