namespace EdgeProxy.Tools.Results;

/// <summary>The end of a run of <c>.ci/run</c>: checks with their times, what failed, what was skipped and why, and the sums.</summary>
/// <param name="checks">The checks, in the order in which they ran.</param>
/// <param name="tests">The tests, of all result files.</param>
internal sealed class ResultsReport(IReadOnlyList<CheckResult> checks, IReadOnlyList<TestResult> tests)
{
    /// <summary>True if the run is a success: no failure, and at least one test that ran.</summary>
    /// <param name="isStrict">True if a skip is a failure.</param>
    public bool IsSuccess(bool isStrict) =>
        Count(Outcome.Failed) == 0 && tests.Any(static test => test.Outcome == Outcome.Passed) && (!isStrict || Count(Outcome.Skipped) == 0);

    /// <summary>Writes it.</summary>
    public void Write(TextWriter output, bool isStrict)
    {
        output.WriteLine("Checks:");
        foreach (var check in checks)
        {
            output.WriteLine($"  {Word(check.Outcome),-7} {check.Seconds,5} s  {check.Name}");
        }

        output.WriteLine($"  {"",-7} {checks.Sum(static check => check.Seconds),5} s  in all");
        foreach (var test in tests.Where(static test => test.Outcome == Outcome.Failed))
        {
            output.WriteLine($"Failed test: {test.Name}");
        }

        WriteSkipped(output, "checks", [.. checks.Where(IsSkipped).Select(static check => (check.Name, check.Reason))]);
        WriteSkipped(output, "tests", [.. tests.Where(IsSkipped).Select(static test => (test.Name, test.Reason))]);
        if (isStrict && Count(Outcome.Skipped) > 0)
        {
            output.WriteLine("CI_STRICT is set: a run that skips anything fails.");
        }

        output.WriteLine($"{Count(Outcome.Passed)} passed, {Count(Outcome.Failed)} failed, {Count(Outcome.Skipped)} skipped");
    }

    private static void WriteSkipped(TextWriter output, string kind, IReadOnlyCollection<(string Name, string Reason)> skipped)
    {
        output.WriteLine($"Skipped {kind}: {skipped.Count}");
        foreach (var group in skipped.GroupBy(static skip => skip.Reason, StringComparer.Ordinal))
        {
            output.WriteLine($"  {(group.Key.Length > 0 ? group.Key : "without a reason")}");
            foreach (var (name, _) in group)
            {
                output.WriteLine($"    {name}");
            }
        }
    }

    private static bool IsSkipped(CheckResult check) => check.Outcome == Outcome.Skipped;

    private static bool IsSkipped(TestResult test) => test.Outcome == Outcome.Skipped;

    private static string Word(Outcome outcome) => outcome switch
    {
        Outcome.Passed => "passed",
        Outcome.Failed => "FAILED",
        _ => "skipped",
    };

    private int Count(Outcome outcome) => tests.Count(test => test.Outcome == outcome) + checks.Count(check => check.Outcome == outcome);
}
