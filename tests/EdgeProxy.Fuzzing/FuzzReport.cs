namespace EdgeProxy.Fuzzing;

/// <summary>The outcome of a run.</summary>
/// <param name="Cases">The number of cases that were run.</param>
/// <param name="Summary">A summary for people.</param>
/// <param name="Findings">The findings. A run ends with the first.</param>
internal sealed record FuzzReport(long Cases, string Summary, IReadOnlyList<Finding> Findings)
{
    /// <summary>Prints the report; returns the exit code.</summary>
    /// <param name="command">The command that was given.</param>
    /// <param name="settings">With which settings.</param>
    public int Print(string command, FuzzSettings settings)
    {
        Console.WriteLine($"{Cases} cases of seed {settings.Seed}: {Summary}");
        foreach (var finding in Findings)
        {
            Console.WriteLine();
            Console.WriteLine($"FOUND in case {finding.Case}: {finding.Problem}");
            Console.WriteLine($"  again: dotnet run -c Release --project tests/EdgeProxy.Fuzzing -- {command} --seed {settings.Seed} --from {finding.Case} --cases 1");
            Console.WriteLine(finding.Reproduction);
        }

        return Findings.Count == 0 ? 0 : 1;
    }
}
