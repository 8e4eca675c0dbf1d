using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Reference;

public sealed class ReferenceRulesTests
{
    private static readonly SegmentCondition Holds = new() { Property = "x", Operator = ConditionOperators.IsNotSet };

    private static readonly SegmentCondition Fails = new() { Property = "x", Operator = ConditionOperators.IsSet };

    private static readonly SegmentCondition Unknown = new() { Property = "x", Operator = "LIKE" };

    /// <summary>Each letter a part: <c>t</c> holds, <c>f</c> does not, <c>u</c> has an unknown operator or type.</summary>
    public static TheoryData<string, string, bool> OneList => new()
    {
        { RuleTypes.All, "", true },
        { RuleTypes.All, "t", true },
        { RuleTypes.All, "f", false },
        { RuleTypes.All, "tt", true },
        { RuleTypes.All, "tf", false },
        { RuleTypes.All, "tu", false },
        { RuleTypes.Any, "", true },
        { RuleTypes.Any, "t", true },
        { RuleTypes.Any, "f", false },
        { RuleTypes.Any, "ft", true },
        { RuleTypes.Any, "ff", false },
        { RuleTypes.Any, "u", false },
        { RuleTypes.Any, "ut", true },
        { RuleTypes.None, "", true },
        { RuleTypes.None, "t", false },
        { RuleTypes.None, "f", true },
        { RuleTypes.None, "ff", true },
        { RuleTypes.None, "ft", false },
        { RuleTypes.None, "u", true },
        { "all", "", false },
        { "all", "t", false },
        { "", "", false },
        { "XOR", "tf", false },
        { "XOR", "f", false },
    };

    /// <summary>Conditions and sub-rules: each list by the type, and both satisfied.</summary>
    public static TheoryData<string, string, string, bool> TwoLists => new()
    {
        { RuleTypes.All, "t", "t", true },
        { RuleTypes.All, "t", "f", false },
        { RuleTypes.All, "f", "t", false },
        { RuleTypes.Any, "tf", "ft", true },
        { RuleTypes.Any, "t", "f", false },
        { RuleTypes.Any, "f", "t", false },
        { RuleTypes.None, "f", "f", true },
        { RuleTypes.None, "f", "t", false },
        { RuleTypes.None, "t", "f", false },
        { RuleTypes.None, "u", "u", true },
    };

    [Theory]
    [MemberData(nameof(OneList))]
    public void Match_ConditionsOnly_FollowTheType(string type, string conditions, bool expected)
    {
        Assert.Equal(expected, Matches(Rule(type, conditions, "")));
    }

    [Theory]
    [MemberData(nameof(OneList))]
    public void Match_RulesOnly_FollowTheType(string type, string rules, bool expected)
    {
        Assert.Equal(expected, Matches(Rule(type, "", rules)));
    }

    [Theory]
    [MemberData(nameof(TwoLists))]
    public void Match_ConditionsAndRules_MustBothBeSatisfied(string type, string conditions, string rules, bool expected)
    {
        Assert.Equal(expected, Matches(Rule(type, conditions, rules)));
    }

    [Fact]
    public void Match_SegmentsRules_MustAllMatch()
    {
        var yes = Rule(RuleTypes.All, "t", "");
        var no = Rule(RuleTypes.All, "f", "");

        Assert.True(Matches(yes));
        Assert.True(Matches(yes, yes));
        Assert.False(Matches(yes, no));
        Assert.False(Matches(no, yes));
        Assert.False(Matches());
    }

    private static bool Matches(params SegmentRule[] rules) =>
        ReferenceRules.Match(
            new Segment { Key = "1", Rules = rules },
            new ReferenceContext(new EnvironmentModel { Key = "env" }, new Identity("somebody")));

    private static SegmentRule Rule(string type, string conditions, string rules) => new()
    {
        Type = type,
        Conditions = [.. conditions.Select(part => part switch { 't' => Holds, 'f' => Fails, _ => Unknown })],
        Rules =
        [
            .. rules.Select(part => part switch
            {
                't' => new SegmentRule { Type = RuleTypes.All, Conditions = [Holds] },
                'f' => new SegmentRule { Type = RuleTypes.All, Conditions = [Fails] },
                _ => new SegmentRule { Type = "XOR", Conditions = [Holds] },
            }),
        ],
    };
}
