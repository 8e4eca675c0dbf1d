using EdgeProxy.LoadTests.Model.Requests;
using EdgeProxy.LoadTests.Model.Shapes;
using EdgeProxy.LoadTests.Model.Verdicts;

namespace EdgeProxy.LoadTests.Model;

/// <summary>What the command line says.</summary>
internal sealed record LoadTestOptions
{
    /// <summary>The server's address.</summary>
    public required Uri Server { get; init; }

    /// <summary>The keys of the environment that is asked.</summary>
    public required LoadKeys Keys { get; init; }

    /// <summary>What is run, in this order.</summary>
    public required IReadOnlyList<LoadPlan> Plans { get; init; }

    /// <summary>What it must reach.</summary>
    public required PassMarks Marks { get; init; }

    /// <summary>The folder of the reports; each plan has its own in there.</summary>
    public required string ReportFolder { get; init; }

    /// <summary>What is handed to the load generator as it is.</summary>
    public IReadOnlyList<string> GeneratorArguments { get; init; } = [];
}
