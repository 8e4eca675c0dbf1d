using System.Globalization;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Tests.Reference;
using static EdgeProxy.Engine.Model.ConditionOperators;
using static EdgeProxy.Engine.Tests.Evaluation.Dependencies.FlagModel;

namespace EdgeProxy.Engine.Tests.Evaluation.Dependencies;

/// <summary>Flags that depend on themselves (docs/spec/flag-dependencies.md 4).</summary>
public sealed class CycleTests
{
    [Theory]
    [InlineData("$.flags.{0}.enabled", Equal, "true")]
    [InlineData("$.flags.{0}.enabled", NotEqual, "true")]
    [InlineData("$.flags.{0}.enabled", IsNotSet, null)]
    [InlineData("$.flags.{0}", IsSet, null)]
    [InlineData("$.flags.{0}.enabled", Regex, "(")]
    [InlineData("$.flags.{0}.enabled", "LIKE", "x")]
    public void Evaluate_TwoFlagsOnEachOther_KeepTheirDefaults(string property, string @operator, string? operand)
    {
        var result = Evaluate(EnvironmentOf(
            [Off("a"), On("b")],
            Segment("a on b", All(Ask("b")), On("a")),
            Segment("b on a", All(Ask("a")), Off("b"))));

        Assert.Equal(["b"], Enabled(result));
        Assert.Equal(["a", "b"], InError(result));
        Assert.Empty(result.Segments);

        SegmentCondition Ask(string name) => Condition(string.Format(CultureInfo.InvariantCulture, property, name), @operator, operand);
    }

    [Fact]
    public void Evaluate_NoneRuleInACycle_DoesNotMatch()
    {
        var result = Evaluate(EnvironmentOf([Off("a"), Off("b")], Segment("a on b", None(IsOn("b")), On("a")), Segment("b on a", None(IsOn("a")), On("b"))));

        Assert.Empty(Enabled(result));
        Assert.Equal(["a", "b"], InError(result));
        Assert.Empty(result.Segments);
    }

    [Fact]
    public void Evaluate_SegmentReadsWhatItOverrides_OnlyThatFlagIsInError()
    {
        var result = Evaluate(EnvironmentOf([Off("p"), Off("d")], Segment("s", All(Condition("$.flags.p.enabled", IsNotSet)), On("p"), On("d"))));

        Assert.Empty(Enabled(result));
        Assert.Equal(["p"], InError(result));
        Assert.Equal("DEFAULT", result.Flags["d"].Reason);
    }

    [Fact]
    public void Evaluate_DependentOfACycle_IsNotInErrorAndItsSegmentDoesNotMatch()
    {
        var result = Evaluate(EnvironmentOf(
            [Off("a"), On("b"), Off("d")],
            Segment("a on b", All(IsOn("b")), On("a")),
            Segment("b on a", All(IsOn("a")), On("b")),
            Segment("d on b", Any(IsOn("b"), Condition("nobody", IsNotSet)), On("d"))));

        Assert.Equal(["a", "b"], InError(result));
        Assert.Equal("DEFAULT", result.Flags["d"].Reason);
        Assert.Empty(result.Segments);
    }

    [Fact]
    public void Evaluate_OverrideFromOutsideTheCycle_AppliesWithTheReasonError()
    {
        var model = EnvironmentOf(
            [Off("a"), Off("b"), Off("d")],
            Segment("a on b", All(IsOn("b")), On("a")),
            Segment("b on a", All(IsOn("a")), On("b")),
            Segment("gold", All(Condition("tier", Equal, "gold")), On("a", "gold")),
            Segment("d on a", All(IsOn("a")), On("d")));

        var result = Evaluate(model, ("tier", "gold"));
        Assert.Equal(["a"], Enabled(result));
        Assert.Equal("gold", result.Flags["a"].Value);
        Assert.Equal(["a", "b"], InError(result));
        Assert.Equal(["gold"], Matching(result));

        var overridden = Evaluate(model with { IdentityOverrides = [new IdentityOverride { Identifier = "somebody", States = [On("b")] }] });
        Assert.Equal(["b"], Enabled(overridden));
        Assert.Equal(["a", "b"], InError(overridden));
    }

    [Fact]
    public void Evaluate_CycleThatIsNotReached_IsNone()
    {
        var gold = Condition("tier", Equal, "gold");
        var all = EnvironmentOf([Off("a"), On("b")], Segment("a on b", All(gold, IsOn("b")), On("a")), Segment("b on a", All(IsOn("a")), Off("b")));
        var any = EnvironmentOf([Off("a"), On("b")], Segment("a on b", Any(gold, IsOn("b")), On("a")), Segment("b on a", All(IsOn("a")), Off("b")));

        Assert.Empty(InError(Evaluate(all, ("tier", "iron"))));
        Assert.Equal(["a", "b"], InError(Evaluate(all, ("tier", "gold"))));
        Assert.Empty(InError(Evaluate(any, ("tier", "gold"))));
        Assert.Equal(["a"], Enabled(Evaluate(any, ("tier", "gold"))));
        Assert.Equal(["a", "b"], InError(Evaluate(any, ("tier", "iron"))));
    }

    [Fact]
    public void Evaluate_ConditionsFailed_SubRulesAreReadAllTheSame()
    {
        var rule = All(Condition("tier", IsSet)) with { Rules = [All(IsOn("b"))] };
        var result = Evaluate(EnvironmentOf([Off("a"), Off("b")], Segment("a on b", rule, On("a")), Segment("b on a", All(IsOn("a")), On("b"))));

        Assert.Equal(["a", "b"], InError(result));
    }

    [Fact]
    public void Evaluate_SecondSegmentThatReadsADependentOfACycle_CanMatch()
    {
        var dependsOnD = Condition("$.flags.d.enabled", Equal, "false");
        var result = Evaluate(EnvironmentOf(
            [Off("a"), Off("d"), Off("x"), Off("y")],
            Segment("first", All(dependsOnD), On("x")),
            Segment("a on a", All(IsOn("a")), On("a")),
            Segment("d on a", All(IsOn("a")), On("d")),
            Segment("second", All(dependsOnD), On("y"))));

        Assert.Equal(["y"], Enabled(result));
        Assert.Equal(["second"], Matching(result));
        Assert.Equal(["a"], InError(result));
    }

    [Fact]
    public void Evaluate_SegmentWithoutOverridesReadsFirst_ChangesTheFlags()
    {
        var dependsOnD = Condition("$.flags.d.enabled", Equal, "false");
        Segment[] cycle = [Segment("a on a", All(IsOn("a")), On("a")), Segment("d on a", All(IsOn("a")), On("d")), Segment("x on d", All(dependsOnD), On("x"))];

        Assert.Empty(Enabled(Evaluate(EnvironmentOf([Off("a"), Off("d"), Off("x")], cycle))));
        Assert.Equal(["x"], Enabled(Evaluate(EnvironmentOf([Off("a"), Off("d"), Off("x")], [Segment("reads", All(dependsOnD)), .. cycle]))));
    }

    [Fact]
    public void Evaluate_EverythingDependsOnEverything_EndsInTime()
    {
        // The algorithm, taken literally, walks all simple paths: more than 10^60 of them.
        const int Count = 50;
        var names = Enumerable.Range(0, Count).Select(static i => $"f{i}").ToList();
        var result = Evaluate(EnvironmentOf([.. names.Select(static name => Off(name))], [.. names.Select(name => Segment(name, Any([.. names.Select(IsOn)]), On(name)))]));

        Assert.Equal(names, InError(result));
        Assert.Empty(result.Segments);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Evaluate_LongChain_DoesNotExhaustTheStack(bool endsInACycle)
    {
        const int Length = 100_000;
        var last = Length - 1;
        Segment[] segments =
        [
            .. Enumerable.Range(0, last).Select(static i => Segment("s", All(IsOn($"f{i + 1}")), On($"f{i}"))),
            .. endsInACycle ? [Segment("cycle", All(IsOn($"f{last}")), Off($"f{last}"))] : Array.Empty<Segment>(),
        ];
        var result = EnvironmentCompiler.Compile(EnvironmentOf([.. Enumerable.Range(0, last).Select(static i => Off($"f{i}")), On($"f{last}")], segments));

        var evaluated = result.Snapshot.Evaluate(new Identity("somebody"));
        Assert.Equal(endsInACycle ? 1 : Length, Enabled(evaluated).Count());
        Assert.Equal(endsInACycle ? [$"f{last}"] : [], InError(evaluated));
        Assert.Equal(endsInACycle ? 1 : 0, result.Problems.Count);
    }

    [Fact]
    public void Evaluate_LargeCycle_AsTheInterpreterSays()
    {
        const int Length = 300;
        var model = EnvironmentOf(
            [.. Enumerable.Range(0, Length).Select(static i => Off($"f{i}"))],
            [.. Enumerable.Range(0, Length).Select(static i => Segment($"s{i}", All(IsOn($"f{(i + 1) % Length}")), On($"f{i}")))]);
        var expected = ReferenceInterpreter.Evaluate(model, new Identity("somebody"));

        var actual = Compile(model).Evaluate(new Identity("somebody"));

        Assert.Equal(expected.Flags.Select(static flag => (flag.Enabled, flag.Reason)), actual.Flags.Values.Select(static flag => (flag.Enabled, flag.Reason)));
        Assert.Equal(Length, InError(actual).Count());
    }

    [Fact]
    public void Compile_PossibleCycle_IsReportedOnce()
    {
        var result = EnvironmentCompiler.Compile(EnvironmentOf(
            [Off("x"), Off("a"), Off("b")],
            Segment("x on a", All(IsOn("a")), On("x")),
            Segment("a on b", All(Condition("tier", Equal, "gold"), IsOn("b")), On("a")),
            Segment("b on a", All(IsOn("a")), On("b"))));

        var problem = Assert.Single(result.Problems);
        Assert.Equal("$.segments[1]", problem.Path);
        Assert.Contains("('a' -> 'b' -> 'a')", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_ChainOfDependencies_IsNoProblem()
    {
        Assert.Empty(EnvironmentCompiler.Compile(EnvironmentOf([On("a"), On("b"), On("c")], Gate("a", "b"), Gate("b", "c"))).Problems);
    }
}
