using EdgeProxy.LoadTests.Model.Requests;

namespace EdgeProxy.LoadTests.Model.Shapes;

/// <summary>What is asked, and how much of it when.</summary>
/// <param name="Name">What the command line, reports and verdicts call it.</param>
/// <param name="Mix">What is asked.</param>
/// <param name="Shape">How much of it when.</param>
internal sealed record LoadPlan(string Name, RequestMix Mix, LoadShape Shape)
{
    /// <summary>How long the same is sent before anything is measured.</summary>
    public TimeSpan WarmUp { get; init; }
}
