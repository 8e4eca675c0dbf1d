using EdgeProxy.LoadTests.Model;
using EdgeProxy.LoadTests.Model.Requests;
using EdgeProxy.LoadTests.Model.Verdicts;
using NBomber;
using NBomber.Contracts.Stats;
using NBomber.CSharp;
using Serilog.Events;

namespace EdgeProxy.LoadTests;

/// <summary>Runs plans with NBomber. What they are, and what must come of them, is the model's business.</summary>
internal static class NBomberGenerator
{
    /// <summary>Runs a plan, and writes NBomber's reports on it.</summary>
    /// <returns>The figures of each kind of request.</returns>
    public static IReadOnlyList<RequestFigures> Run(LoadRun run)
    {
        var result = NBomberRunner
            .RegisterScenarios(NBomberScenario.Of(run))
            .WithTestName(run.Plan.Name)
            .WithReportFolder(run.ReportFolder)
            .WithReportFormats(ReportFormat.Html, ReportFormat.Md, ReportFormat.Csv)
            .WithMinimumLogLevel(LogEventLevel.Warning)
            .Run([.. run.Options.GeneratorArguments]);
        var steps = result.ScenarioStats.Get(run.Plan.Name).StepStats;
        return
        [
            .. from kind in run.Plan.Mix.Kinds
               from step in steps
               where step.StepName == NBomberScenario.StepName(kind)
               select Figures(kind, step),
        ];
    }

    private static RequestFigures Figures(RequestKind kind, StepStats step) =>
        new(kind, step.Ok.Request.Count, step.Fail.Request.Count, TimeSpan.FromMilliseconds(step.Ok.Latency.Percent99));
}
