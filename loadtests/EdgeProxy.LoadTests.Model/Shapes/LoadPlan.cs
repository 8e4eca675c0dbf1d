using EdgeProxy.LoadTests.Model.Requests;

namespace EdgeProxy.LoadTests.Model.Shapes;

/// <summary>The requests to send, and the load over time.</summary>
/// <param name="Name">The name in the command line, reports and verdicts.</param>
/// <param name="Mix">The requests.</param>
/// <param name="Shape">The load over time.</param>
internal sealed record LoadPlan(string Name, RequestMix Mix, LoadShape Shape)
{
    /// <summary>The duration of the warm-up.</summary>
    public TimeSpan WarmUp { get; init; }
}
