using System.Text;
using System.Text.Json;
using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Measurements;
using EdgeProxy.Comparison.Mechanisms;
using EdgeProxy.Comparison.Scenarios;
using EdgeProxy.Comparison.Servers;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Testing;

namespace EdgeProxy.Tooling.Tests.Comparison;

/// <summary>The mechanisms that are measured, and the ways to leave one out.</summary>
public sealed class MechanismCatalogTests
{
    private const string Prefix = "EdgeProxy.Testing.Without";

    private static readonly ComparisonSettings Short = new() { Rounds = 1, Turn = TimeSpan.FromSeconds(1), WarmUp = TimeSpan.FromSeconds(1) };

    [Fact]
    public void All_Properties_AreThoseThatTheProgramReads()
    {
        var source = Repository.Read("src/EdgeProxy.Host/Common/Mechanisms.cs");
        var read = source.Split("IsOn(nameof(").Skip(1).Select(static rest => rest.Split(')')[0]);

        var measured = MechanismCatalog.All(Short).Select(static mechanism => mechanism.Without.Property).OfType<string>().Select(static property => property[Prefix.Length..]);

        Assert.Equal(read.Order(StringComparer.Ordinal), measured.Order(StringComparer.Ordinal));
        Assert.Contains($"\"{Prefix}{{name}}\"", source, StringComparison.Ordinal);
    }

    [Fact]
    public void All_Questions_GoToEnvironmentsOfTheSituation() =>
        Assert.All(
            MechanismCatalog.All(Short).SelectMany(static mechanism => mechanism.Situations),
            static situation => Assert.Contains(situation.Environments, served => served.Environment.ServerSideKey == situation.Question.Key));

    [Fact]
    public void EnvironmentsFor_AllRuns_NoDocumentIsAskedForTwice()
    {
        TimeSpan[] durations = [.. MechanismComparison.HazardDurations(Short with { Rounds = 3 })];

        Assert.Equal([2.0, 2.0, 2.0, 2.0], durations.Select(static duration => duration.TotalSeconds).ToList());
        Assert.Equal(20, FirstAnswerHazard.EnvironmentsFor(durations)); // five a second, two codings each
    }

    [Fact]
    public void Question_OfTheExpensiveEnvironment_TakesMoreStepsThanThreadsOfConnectionsAllowAndLessThanTheBudget()
    {
        var environment = ExpensiveEnvironment.Of("expensive");
        using var request = JsonDocument.Parse(ExpensiveEnvironment.Question(environment).Body!);
        var trait = request.RootElement.GetProperty("traits")[0];
        var frame = new EvaluationFrame();
        frame.Begin(EnvironmentCompiler.Compile(ExpensiveEnvironment.Document(environment)).Snapshot);
        frame.SetIdentity("user-1"u8);
        frame.SetTraitText(Bytes(trait.GetProperty("trait_key")), Bytes(trait.GetProperty("trait_value")));

        frame.Evaluate();

        Assert.InRange(frame.StepsTaken, 100_000, EvaluationFrame.MaxSteps - 1);
        Assert.Equal(0, frame.AbortedConditions);

        static byte[] Bytes(JsonElement text) => Encoding.UTF8.GetBytes(text.GetString()!);
    }

    [Fact]
    public void With_Property_AddedToThoseThatAreThere()
    {
        Assert.Equal(
            """{"runtimeOptions":{"configProperties":{"System.GC.Server":true,"A.B":true}}}""",
            RuntimeConfiguration.With("""{"runtimeOptions":{"configProperties":{"System.GC.Server":true}}}""", "A.B"));
        Assert.Equal(
            """{"runtimeOptions":{"tfm":"net10.0","configProperties":{"A.B":true}}}""",
            RuntimeConfiguration.With("""{"runtimeOptions":{"tfm":"net10.0"}}""", "A.B"));
    }

    [Fact]
    public void Script_Pipelined_SendsTheBatchAtATime()
    {
        using var directory = new TemporaryDirectory();
        var question = new HttpQuestion("/", MeasuredEnvironment.Plain.Key);

        Assert.Contains("wrk.format():rep(4096)", Wrk.Script(question, 4096, directory), StringComparison.Ordinal);
        Assert.DoesNotContain("function request()", Wrk.Script(question, 1, directory), StringComparison.Ordinal);
    }
}
