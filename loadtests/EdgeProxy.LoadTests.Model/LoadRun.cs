using EdgeProxy.LoadTests.Model.Answers;
using EdgeProxy.LoadTests.Model.Requests;
using EdgeProxy.LoadTests.Model.Shapes;

namespace EdgeProxy.LoadTests.Model;

/// <summary>All that a load generator must know to run a plan.</summary>
/// <param name="Plan">How much of it when.</param>
/// <param name="Requests">Where the requests come from.</param>
/// <param name="Target">Where they go.</param>
/// <param name="Check">What answers are checked with.</param>
/// <param name="Options">What the command line says.</param>
internal sealed record LoadRun(LoadPlan Plan, RequestStream Requests, LoadTarget Target, AnswerCheck Check, LoadTestOptions Options)
{
    /// <summary>The folder of this plan's reports.</summary>
    public string ReportFolder => Path.Combine(Options.ReportFolder, Plan.Name);

    /// <summary>Sends a request, and checks the answer.</summary>
    public Task<LoadOutcome> TryAsync(LoadRequest request) => Target.TryAsync(request, Check);
}
