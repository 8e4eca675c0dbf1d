using EdgeProxy.Engine.Model;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeProxy.Engine.Tests.Reference;

/// <content>Segments and rules.</content>
internal static partial class ModelGenerators
{
    private const int DeepestRule = 3;

    private static Gen<string> RuleType => Gen.Frequency(
        (6, Gen.Constant(RuleTypes.All)),
        (6, Gen.Constant(RuleTypes.Any)),
        (3, Gen.Constant(RuleTypes.None)),
        (1, Gen.Elements(Pools.UnknownTypes)));

    /// <summary>Most ask one thing only: among others a wrong answer is easily overruled, and then nobody sees it.</summary>
    private static Gen<Segment> Segment(ReferenceContext context) =>
        from key in Gen.Elements(Pools.SegmentKeys)
        from name in Gen.Elements(Pools.SegmentNames)
        from rules in Gen.Frequency(
            (5, Condition(key, context).Select(condition => Only(condition))),
            (2, Rule(key, context, DeepestRule).Select(rule => new List<SegmentRule> { rule })),
            (1, Some(Rule(key, context, DeepestRule), 3)))
        from overrides in Some(SegmentOverride(context), 4)
        select new Segment { Key = key, Name = name, Rules = rules, Overrides = overrides };

    private static List<SegmentRule> Only(SegmentCondition condition) => [new SegmentRule { Type = RuleTypes.All, Conditions = [condition] }];

    private static Gen<SegmentRule> Rule(string segmentKey, ReferenceContext context, int depth) =>
        from type in RuleType
        from conditions in Some(Condition(segmentKey, context), 3)
        from rules in depth == 0 ? Gen.Constant(new List<SegmentRule>()) : Some(Rule(segmentKey, context, depth - 1), 2)
        select new SegmentRule { Type = type, Conditions = conditions, Rules = rules };
}
