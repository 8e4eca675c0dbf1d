using EdgeProxy.Comparison.Scenarios;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Comparison.Mechanisms;

/// <summary>Requests that are measured, and what goes on beside them.</summary>
/// <param name="Name">The name in tables.</param>
/// <param name="Question">The request.</param>
/// <param name="Environments">The environments that the server has, with their documents.</param>
internal sealed record Situation(string Name, HttpQuestion Question, IReadOnlyList<(MeasuredEnvironment Environment, byte[] Document)> Environments)
{
    /// <summary>Requests a second; null for as many as are answered.</summary>
    public int? Rate { get; init; }

    /// <summary>Creates what goes on beside them, for one server; null for nothing.</summary>
    public Func<ApiStandIn, IHazard>? Hazard { get; init; }

    /// <summary>True if the server answers no other requests meanwhile, so that its processor time is that of the measured ones.</summary>
    public bool HasProcessorTime { get; init; }
}
