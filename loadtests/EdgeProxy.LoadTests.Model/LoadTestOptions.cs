using EdgeProxy.LoadTests.Model.Requests;
using EdgeProxy.LoadTests.Model.Shapes;
using EdgeProxy.LoadTests.Model.Verdicts;

namespace EdgeProxy.LoadTests.Model;

/// <summary>The options of the command line.</summary>
internal sealed record LoadTestOptions
{
    /// <summary>The server's address.</summary>
    public required Uri Server { get; init; }

    /// <summary>The keys of the environment that is asked.</summary>
    public required LoadKeys Keys { get; init; }

    /// <summary>The plans to run, in order.</summary>
    public required IReadOnlyList<LoadPlan> Plans { get; init; }

    /// <summary>The targets.</summary>
    public required PassMarks Marks { get; init; }

    /// <summary>The folder of the reports; each plan has its own in there.</summary>
    public required string ReportFolder { get; init; }

    /// <summary>Options that are passed to the load generator unchanged.</summary>
    public IReadOnlyList<string> GeneratorArguments { get; init; } = [];
}
