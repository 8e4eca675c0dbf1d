using EdgeProxy.Engine.Model;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeProxy.Engine.Tests.Reference;

/// <content>Environments in which flags depend on flags.</content>
internal static partial class ModelGenerators
{
    /// <summary>Models whose conditions mostly read other flags, each with somebody or nobody to evaluate it for.</summary>
    public static Gen<(EnvironmentModel Model, Identity? Identity)> CasesWithDependencies =>
        from environmentKey in Gen.Elements(Pools.EnvironmentKeys)
        from identity in Gen.Frequency((1, Gen.Constant<Identity?>(null)), (5, Identity.Select(identity => (Identity?)identity)))
        let empty = new EnvironmentModel { Key = environmentKey }
        let context = new ReferenceContext(empty, identity)
        from features in Gen.Shuffle(Pools.Prerequisites[..^1]).SelectMany(names => States(names, context))
        from count in Gen.Choose(1, 9)
        from segments in DependentSegment(context).ListOf(count)
        from trait in Gen.Frequency((6, Gen.Constant<string?>(null)), (1, FlagProperty.Select(property => (string?)property)))
        from value in Scalar
        from overrides in Some(DependentIdentityOverride(context), 2)
        select (
            empty with
            {
                Features = [.. features],
                Segments = [.. segments.Select((segment, i) => segment with { Key = $"{i}" })],
                IdentityOverrides = overrides,
            },
            trait is null || identity is null ? identity : identity with { Traits = new Dictionary<string, Engine.Model.ScalarValue>(identity.Traits) { [trait] = value } });

    private static Gen<string> FlagProperty =>
        from name in Gen.Elements(Pools.Prerequisites)
        from member in Gen.Elements(Pools.FlagFields)
        from path in Gen.Elements(Pools.FlagPaths)
        select path(name, member);

    private static Gen<IList<FeatureState>> States(string[] names, ReferenceContext context) =>
        from count in Gen.Choose(1, names.Length)
        from states in State(context).ListOf(count)
        select (IList<FeatureState>)[.. states.Select((state, i) => state with { Name = names[i] })];

    private static Gen<Segment> DependentSegment(ReferenceContext context) =>
        from name in Gen.Elements("s1", "s2", "s3")
        from rules in Gen.Frequency(
            (4, DependentCondition(context).Select(Only)),
            (2, DependentRule(context, 2).Select(rule => new List<SegmentRule> { rule })),
            (1, Some(DependentRule(context, 2), 3)))
        from overrides in Some(SegmentOverride(context).Zip(Gen.Elements(Pools.Prerequisites)), 3)
        select new Segment
        {
            Key = "",
            Name = name,
            Rules = rules,
            Overrides = [.. overrides.Select(item => item.Item1 with { State = item.Item1.State with { Name = item.Item2 } })],
        };

    private static Gen<SegmentRule> DependentRule(ReferenceContext context, int depth) =>
        from type in RuleType
        from conditions in Some(DependentCondition(context), 3)
        from rules in depth == 0 ? Gen.Constant(new List<SegmentRule>()) : Some(DependentRule(context, depth - 1), 2)
        select new SegmentRule { Type = type, Conditions = conditions, Rules = rules };

    private static Gen<SegmentCondition> DependentCondition(ReferenceContext context) => Gen.Frequency(
        (3, FlagCondition),
        (1, Condition("1", context)));

    private static Gen<SegmentCondition> FlagCondition =>
        from property in FlagProperty
        from @operator in Gen.Frequency(
            (6, Gen.Elements(ConditionOperators.Equal, ConditionOperators.NotEqual, ConditionOperators.IsSet, ConditionOperators.IsNotSet)),
            (2, Gen.Elements(KnownOperators)),
            (1, Gen.Elements(Pools.UnknownOperators)))
        from operand in Gen.Elements(Pools.FlagOperands)
        select new SegmentCondition { Property = property, Operator = @operator, Value = operand };

    private static Gen<IdentityOverride> DependentIdentityOverride(ReferenceContext context) =>
        from own in IdentityOverride(context)
        from names in Gen.Elements(Pools.Prerequisites).ListOf(own.States.Count)
        select own with { States = [.. own.States.Select((state, i) => state with { Name = names[i] })] };
}
