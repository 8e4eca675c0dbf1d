using System.CommandLine;

namespace EdgeProxy.Tools.Results;

/// <summary><c>results</c>: the end of a run of <c>.ci/run</c>.</summary>
internal static class ResultsCommand
{
    private static readonly Argument<DirectoryInfo> Folder = new Argument<DirectoryInfo>("folder")
    {
        Description = "A folder with checks.tsv, and result files below it",
    }.AcceptExistingOnly();

    private static readonly Option<bool> Strict = new("--strict") { Description = "A skip is a failure" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("results", "Summarizes the results of .ci/run.") { Folder, Strict };
        command.SetAction(static result => Run(result.GetRequiredValue(Folder).FullName, result.GetValue(Strict), Console.Out));
        return command;
    }

    /// <summary>Runs it.</summary>
    /// <returns>0 if the run is a success.</returns>
    public static int Run(string folder, bool isStrict, TextWriter output)
    {
        var report = new ResultsReport(
            [.. File.ReadLines(Path.Combine(folder, "checks.tsv")).Select(CheckResult.Parse)], TestResultFiles.ReadAll(folder));
        report.Write(output, isStrict);
        return report.IsSuccess(isStrict) ? 0 : 1;
    }
}
