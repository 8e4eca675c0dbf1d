using EdgeProxy.Comparison.Servers;
using EdgeProxy.Workloads;

namespace EdgeProxy.Comparison.Scenarios;

/// <summary>A question to an environment, and what EdgeProxy's answer to it is compared with.</summary>
/// <param name="Name">The name in tables.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Question">The question.</param>
internal sealed record Scenario(string Name, MeasuredEnvironment Environment, HttpQuestion Question)
{
    /// <summary>The most processor time an answer may take, as a multiple of the other server's; null where nothing is said.</summary>
    public double? Target { get; init; }

    /// <summary>The shape of an environment to compare with, served by EdgeProxy too; null for the bare server.</summary>
    public EnvironmentShape? Other { get; init; }

    /// <summary>Indicates that the environment is polled from the stand-in for the API, which also takes counts; otherwise it is read from a file.</summary>
    public bool IsPolled { get; init; }

    /// <summary>The request to the EdgeProxy to compare with; null for the same.</summary>
    public HttpQuestion? OtherQuestion { get; init; }

    /// <summary>Indicates that the EdgeProxy to compare with leaves out the details of flags; it then has the same environment.</summary>
    public bool IsOtherWithoutDetails { get; init; }
}
