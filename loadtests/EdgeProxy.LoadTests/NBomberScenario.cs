using EdgeProxy.LoadTests.Model;
using EdgeProxy.LoadTests.Model.Requests;
using NBomber.Contracts;
using NBomber.CSharp;

namespace EdgeProxy.LoadTests;

/// <summary>A plan as NBomber's scenario. Each iteration is one request; each kind of request is a step, which has statistics of its own.</summary>
internal static class NBomberScenario
{
    /// <summary>The scenario of a plan.</summary>
    public static ScenarioProps Of(LoadRun run)
    {
        var scenario = Scenario.Create(run.Plan.Name, async context =>
        {
            var request = run.Requests.Next();
            return await Step.Run(StepName(request.Kind), context, async () =>
            {
                var outcome = await run.TryAsync(request);
                return outcome.Problem is null
                    ? Response.Ok(statusCode: outcome.Status, sizeBytes: outcome.Bytes)
                    : Response.Fail(statusCode: outcome.Status, message: outcome.Problem, sizeBytes: outcome.Bytes);
            });
        });
        scenario = run.Plan.WarmUp > TimeSpan.Zero ? scenario.WithWarmUpDuration(run.Plan.WarmUp) : scenario.WithoutWarmUp();
        return scenario.WithLoadSimulations([.. run.Plan.Shape.Phases.Select(NBomberSimulation.Of)]);
    }

    /// <summary>The step of a kind of request.</summary>
    public static string StepName(RequestKind kind) => kind.ToString();
}
