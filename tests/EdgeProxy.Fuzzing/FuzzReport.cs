namespace EdgeProxy.Fuzzing;

/// <summary>How a run ended.</summary>
/// <param name="Cases">How many cases were tried.</param>
/// <param name="Summary">What was seen, for people.</param>
/// <param name="Findings">What must not be. A run ends with the first.</param>
internal sealed record FuzzReport(long Cases, string Summary, IReadOnlyList<Finding> Findings)
{
    /// <summary>Says it all; returns the exit code.</summary>
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
