using System.Globalization;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Tests.Reference;

namespace EdgeProxy.Engine.Tests.Compilation;

/// <summary>Problems of rules and conditions are reported with their place; the rest of the environment works.</summary>
public sealed class CompilationProblemsTests
{
    private const string First = "$.segments[0].rules[0].conditions[0]";

    [Theory]
    [InlineData("LIKE", "x", "unknown operator 'LIKE'; the condition never holds")]
    [InlineData("PERCENTAGE_SPLIT", "half", "the percentage 'half' is not a number; the condition never holds")]
    [InlineData("PERCENTAGE_SPLIT", null, "the percentage null is not a number; the condition never holds")]
    [InlineData("MODULO", "2", "the operand '2' is not of the form 'divisor|remainder'; the condition never holds")]
    [InlineData("MODULO", null, "the operand null is not of the form 'divisor|remainder'; the condition never holds")]
    [InlineData("MODULO", "0|1", "the divisor is 0; the condition never holds")]
    public void Compile_OperandThatCannotBeUsed_SaysWhy(string @operator, string? operand, string expected)
    {
        var problem = Assert.Single(Compile(SingleCondition.Model(Condition(@operator, operand))));

        Assert.Equal((First, expected), (problem.Path, problem.Message));
    }

    [Theory]
    [InlineData("", 4_300, 0)]
    [InlineData("-", 4_300, 0)]
    [InlineData("", 4_301, 4_301)]
    [InlineData("+", 4_301, 4_301)]
    [InlineData(" 1_", 4_300, 4_301)]
    [InlineData("", 1_000_000, 1_000_000)]
    public void Compile_OperandOfManyDigits_NeverHoldsFromALimitOn(string prefix, int digits, int reported)
    {
        var operand = prefix + new string('9', digits);
        var result = EnvironmentCompiler.Compile(SingleCondition.Model(Condition(ConditionOperators.NotEqual, operand)));

        Assert.Equal(
            reported == 0 ? [] : [$"the operand is a number of {reported} digits, more than 4300; the condition never holds"],
            result.Problems.Select(static problem => problem.Message));
        Assert.Equal(reported == 0, result.Snapshot.Evaluate(SingleCondition.Identity("5")).Segments.Count == 1);
    }

    [Theory]
    [InlineData("[5, 9{0}]", 4_299, 0)]
    [InlineData("[5, 9{0}]", 4_300, 4_301)]
    [InlineData("[5, -9{0}]", 4_300, 4_301)]
    [InlineData("[5, \"9{0}\"]", 4_300, 0)]
    [InlineData("[5, 9{0}e0]", 4_300, 0)]
    [InlineData("5,9{0}", 4_300, 0)]
    public void Compile_ListWithANumberOfManyDigits_NeverHoldsFromALimitOn(string format, int digits, int reported)
    {
        var operand = string.Format(CultureInfo.InvariantCulture, format, new string('9', digits));
        var result = EnvironmentCompiler.Compile(SingleCondition.Model(Condition(ConditionOperators.In, operand)));

        Assert.Equal(
            reported == 0 ? [] : [$"the operand is a number of {reported} digits, more than 4300; the condition never holds"],
            result.Problems.Select(static problem => problem.Message));
        Assert.Equal(reported == 0, result.Snapshot.Evaluate(SingleCondition.Identity("5")).Segments.Count == 1);
    }

    [Fact]
    public void Compile_ExpressionThatIsNone_SaysWhy()
    {
        var problem = Assert.Single(Compile(SingleCondition.Model(Condition(ConditionOperators.Regex, "(a"))));

        Assert.Equal(First, problem.Path);
        Assert.Matches(@"^the regular expression '\(a' cannot be used \(.+\); the condition never holds$", problem.Message);
    }

    [Fact]
    public void Compile_RuleOfUnknownType_SaysWhere()
    {
        var rule = new SegmentRule { Type = "SOME" };

        var problems = Compile(With(
            new SegmentRule { Type = RuleTypes.All },
            new SegmentRule { Type = RuleTypes.Any, Rules = [new SegmentRule { Type = RuleTypes.All }, rule] }));

        var problem = Assert.Single(problems);
        Assert.Equal(("$.segments[0].rules[1].rules[1]", "unknown rule type 'SOME'; the rule never matches"), (problem.Path, problem.Message));
    }

    [Fact]
    public void Compile_ConditionWithAProblemInSeveralPlaces_EachIsSaid()
    {
        var rule = new SegmentRule { Type = RuleTypes.Any, Conditions = [Condition("LIKE", "x"), Condition(ConditionOperators.IsSet, null), Condition("LIKE", "x")] };

        Assert.Equal(
            ["$.segments[0].rules[0].conditions[0]", "$.segments[0].rules[0].conditions[2]", "$.segments[0].rules[1].conditions[0]", "$.segments[0].rules[1].conditions[2]"],
            Compile(With(rule, rule)).Select(static problem => problem.Path));
    }

    [Theory]
    [InlineData(501, true)]
    [InlineData(502, false)]
    public void Compile_NestedRules_MatchUpToALimit(int depth, bool expected)
    {
        var rule = new SegmentRule { Type = RuleTypes.All };
        for (var i = 1; i < depth; i++)
        {
            rule = new SegmentRule { Type = RuleTypes.All, Rules = [rule] };
        }

        var result = EnvironmentCompiler.Compile(With(rule));

        Assert.Equal(expected, result.Snapshot.Evaluate().Segments.Count == 1);
        Assert.Equal(
            expected ? [] : ["rules are nested deeper than 500; the rule never matches"],
            result.Problems.Select(static problem => problem.Message));
    }

    [Fact]
    public void Compile_NoModel_Refused()
    {
        Assert.Throws<ArgumentNullException>(() => EnvironmentCompiler.Compile(model: null!));
    }

    private static SegmentCondition Condition(string @operator, string? operand) =>
        new() { Property = SingleCondition.Property, Operator = @operator, Value = operand };

    private static EnvironmentModel With(params SegmentRule[] rules) => new()
    {
        Key = "env",
        Segments = [new Segment { Key = "1", Rules = rules }],
    };

    private static IReadOnlyList<Problem> Compile(EnvironmentModel model) => EnvironmentCompiler.Compile(model).Problems;
}
