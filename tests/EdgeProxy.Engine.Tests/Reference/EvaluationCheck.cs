using EdgeProxy.Engine.Model;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>Runs a check over generated models and identities.</summary>
internal static class EvaluationCheck
{
    /// <summary>The environment variable that says how many cases are enough, for who runs the checks thousands of times.</summary>
    private const string MaxCasesVariable = "EVALUATION_CASES";

    /// <summary>Any odd number does; it must only stay the same for a seed to mean the same cases.</summary>
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private static readonly int MaxCases =
        int.TryParse(Environment.GetEnvironmentVariable(MaxCasesVariable), out var cases) ? cases : int.MaxValue;

    /// <summary>
    /// Runs the check over so many cases, the same ones for the same seed. Fails on the first case for which the check
    /// throws, with the seed and the smallest case found that still fails.
    /// </summary>
    public static void Run(int cases, Action<EnvironmentModel, Identity?> check, ulong seed = 20260131) =>
        Run(ModelGenerators.Cases, cases, check, seed);

    /// <summary>The same over environments in which flags depend on flags, often in cycles.</summary>
    public static void RunWithDependencies(int cases, Action<EnvironmentModel, Identity?> check, ulong seed = 20260914) =>
        Run(ModelGenerators.CasesWithDependencies, cases, check, seed);

    private static void Run(
        Gen<(EnvironmentModel Model, Identity? Identity)> generator, int cases, Action<EnvironmentModel, Identity?> check, ulong seed)
    {
        var arbitrary = Arb.From(
            generator.Select(generated => new EvaluationCase(generated.Model, generated.Identity)),
            EvaluationCaseShrinker.Shrink);
        var config = Config.QuickThrowOnFailure
            .WithMaxTest(Math.Min(cases, MaxCases))
            .WithQuietOnSuccess(true)
            .WithReplay(new Replay(new Rnd(seed, Gamma), FSharpOption<int>.None));
        Prop.ForAll(arbitrary, evaluationCase => check(evaluationCase.Model, evaluationCase.Identity)).Check(config);
    }
}
