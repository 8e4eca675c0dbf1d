using EdgeProxy.Engine.Model;
using EdgeProxy.Testing;

namespace EdgeProxy.Engine.Tests.Reference;

public sealed class ModelGeneratorsTests
{
    private static readonly IEnumerable<string> Operators =
        [.. typeof(ConditionOperators).GetFields().Select(field => (string)field.GetRawConstantValue()!)];

    [Fact]
    public void Run_SameSeed_GivesTheSameCases()
    {
        Assert.Equal(Print(seed: 1), Print(seed: 1));
        Assert.NotEqual(Print(seed: 1), Print(seed: 2));
    }

    [Fact]
    public void Run_CheckThatThrows_FailsWithASmallCase()
    {
        var failure = Record.Exception(() => EvaluationCheck.Run(500, (model, _) =>
            Assert.DoesNotContain(ConditionsOf(model), condition => condition.Operator == ConditionOperators.Modulo)));

        Assert.NotNull(failure);
        var smallest = failure.Message[failure.Message.IndexOf("Shrunk:", StringComparison.Ordinal)..];
        Assert.Contains("\"operator\": \"MODULO\"", smallest, StringComparison.Ordinal);
        Assert.Equal(2, smallest.Split("\"operator\"").Length);
        Assert.Contains("\"features\": []", smallest, StringComparison.Ordinal);
        Assert.DoesNotContain("\"traits\": {\n", smallest, StringComparison.Ordinal);
    }

    [Fact]
    public void Cases_ManyOfThem_ReachEveryCorner()
    {
        var corners = new HashSet<string>(StringComparer.Ordinal);
        EvaluationCheck.Run(1_500, (model, identity) => corners.UnionWith(Corners(model, identity)));

        Assert.Equal(
            [],
            new[]
            {
                "nobody", "no features", "repeated feature", "override of no feature", "repeated override",
                "repeated identity override", "repeated feature in identity override", "unknown type", "unknown operator",
                "DEFAULT", "DEFAULT, control", "TARGETING_MATCH; segment=segment 1", "TARGETING_MATCH; segment=segment 1, control",
                "TARGETING_MATCH; segment=identity_overrides", "SPLIT; weight=30", "SPLIT; weight=30, red", "SPLIT; weight=1e-07, blue",
                "tie", "nested three deep",
            }.Except(corners, StringComparer.Ordinal));
        foreach (var @operator in Operators)
        {
            Assert.Contains($"{@operator} holds", corners);
            Assert.Contains($"{@operator} fails", corners);
        }
    }

    [Fact]
    public void Print_AnyCase_IsReadBackAsACaseWithTheSameResult()
    {
        EvaluationCheck.Run(200, (model, identity) =>
        {
            model = model with { IdentityOverrides = [] }; // which engine cases do not have
            var read = EngineCaseReader.Read("printed", $$"""{"context": {{EvaluationCasePrinter.Print(model, identity)}}}""");

            Assert.Equal(Describe(ReferenceInterpreter.Evaluate(model, identity)), Describe(ReferenceInterpreter.Evaluate(read.Model, read.Identity)));
        });
    }

    private static string Print(ulong seed)
    {
        var cases = new List<string>();
        EvaluationCheck.Run(50, (model, identity) => cases.Add(EvaluationCasePrinter.Print(model, identity)), seed);
        return string.Join('\n', cases);
    }

    private static string Describe(ReferenceResult result) => string.Join(
        '\n',
        [.. result.Flags.Select(flag => $"{flag.Name}, {flag.Enabled}, {flag.Value.Kind} {flag.Value}, {flag.Reason}, {flag.Variant ?? "-"}"), .. result.Segments]);

    private static IEnumerable<string> Corners(EnvironmentModel model, Identity? identity)
    {
        var context = new ReferenceContext(model, identity);
        var names = model.Features.Select(feature => feature.Name).ToList();
        var matching = model.Segments.Where(segment => ReferenceRules.Match(segment, context)).ToList();
        var overrides = matching.SelectMany(segment => segment.Overrides).ToList();
        var own = model.IdentityOverrides.Where(candidate => candidate.Identifier == identity?.Identifier).ToList();
        (bool Here, string Corner)[] corners =
        [
            (identity is null, "nobody"),
            (names.Count == 0, "no features"),
            (names.Distinct(StringComparer.Ordinal).Count() < names.Count, "repeated feature"),
            (overrides.Exists(candidate => !names.Contains(candidate.State.Name)), "override of no feature"),
            (matching.Exists(segment => segment.Overrides.DistinctBy(candidate => candidate.State.Name).Count() < segment.Overrides.Count), "repeated override"),
            (overrides.DistinctBy(candidate => (candidate.State.Name, candidate.Priority)).Count() < overrides.Count, "tie"),
            (own.Count > 1, "repeated identity override"),
            (own.Exists(candidate => candidate.States.DistinctBy(state => state.Name).Count() < candidate.States.Count), "repeated feature in identity override"),
            (RulesOf(model).Any(rule => Pools.UnknownTypes.Contains(rule.Type)), "unknown type"),
            (ConditionsOf(model).Any(condition => Pools.UnknownOperators.Contains(condition.Operator)), "unknown operator"),
            (model.Segments.SelectMany(segment => segment.Rules).SelectMany(rule => rule.Rules).SelectMany(rule => rule.Rules).Any(rule => rule.Rules.Count > 0), "nested three deep"),
        ];
        return corners.Where(corner => corner.Here).Select(corner => corner.Corner)
            .Concat(ReferenceInterpreter.Evaluate(model, identity).Flags.Select(flag => flag.Variant is null ? flag.Reason : $"{flag.Reason}, {flag.Variant}"))
            .Concat(model.Segments.SelectMany(segment => segment.Rules.SelectMany(WithInner).SelectMany(rule => rule.Conditions)
                .Select(condition => $"{condition.Operator} {(ReferenceConditions.Hold(condition, segment.Key, context) ? "holds" : "fails")}")));
    }

    private static IEnumerable<SegmentCondition> ConditionsOf(EnvironmentModel model) => RulesOf(model).SelectMany(rule => rule.Conditions);

    private static IEnumerable<SegmentRule> RulesOf(EnvironmentModel model) => model.Segments.SelectMany(segment => segment.Rules).SelectMany(WithInner);

    private static IEnumerable<SegmentRule> WithInner(SegmentRule rule) => rule.Rules.SelectMany(WithInner).Prepend(rule);
}
