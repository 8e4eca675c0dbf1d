using EdgeProxy.LoadTests.Model.Answers;
using EdgeProxy.LoadTests.Model.Requests;
using EdgeProxy.LoadTests.Model.Shapes;

namespace EdgeProxy.LoadTests.Model;

/// <summary>All that a load generator must know to run a plan.</summary>
/// <param name="Plan">The load over time.</param>
/// <param name="Requests">The source of requests.</param>
/// <param name="Target">The target.</param>
/// <param name="Check">The check of responses.</param>
/// <param name="Options">The options of the command line.</param>
internal sealed record LoadRun(LoadPlan Plan, RequestStream Requests, LoadTarget Target, AnswerCheck Check, LoadTestOptions Options)
{
    /// <summary>The folder of this plan's reports.</summary>
    public string ReportFolder => Path.Combine(Options.ReportFolder, Plan.Name);

    /// <summary>Sends a request, and checks the answer.</summary>
    public Task<LoadOutcome> TryAsync(LoadRequest request) => Target.TryAsync(request, Check);
}
