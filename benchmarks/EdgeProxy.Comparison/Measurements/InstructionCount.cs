using System.Globalization;
using System.Text;
using EdgeProxy.Comparison.Load;
using EdgeProxy.Testing;

namespace EdgeProxy.Comparison.Measurements;

/// <summary>
/// Instructions of the program for a request in memory, without server and kernel: <c>EdgeProxy.Instructions</c>, compiled ahead of
/// time, below callgrind.
/// </summary>
internal static class InstructionCount
{
    private const int Requests = 100;
    private const string Project = "benchmarks/EdgeProxy.Instructions";

    // Of the thread that answers; the program calls the function before and behind each row's requests.
    private const string MainThread = "-01";
    private const string Mark = "getdtablesize";

    /// <summary>Counts; returns the table in Markdown.</summary>
    public static async Task<string> RunAsync()
    {
        using var directory = new TemporaryDirectory();
        await LoadCommand.RunAsync(
            "dotnet",
            ["publish", Repository.PathOf(Project), "-c", "Release", "-r", "linux-x64", "-p:PublishAot=true", "-p:CopyOutputSymbolsToPublishDirectory=false", "-o", directory.PathOf("program")]);
        var profile = directory.PathOf("profile");
        var output = await LoadCommand.RunAsync(
            "valgrind",
            [
                "--quiet", "--tool=callgrind", "--separate-threads=yes", $"--dump-before={Mark}", $"--callgrind-out-file={profile}",
                directory.PathOf("program/EdgeProxy.Instructions"), Requests.ToString(CultureInfo.InvariantCulture),
            ]);

        var rows = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var table = Table(rows.Select((row, i) => (row, Read(File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"{profile}.{(2 * i) + 2}{MainThread}"))))));
        Console.WriteLine(table);
        return table;
    }

    /// <summary>Reads what callgrind wrote for a part: the instructions of all of it.</summary>
    public static long Read(IEnumerable<string> profile)
    {
        const string Summary = "summary: ";
        var line = profile.First(static line => line.StartsWith(Summary, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(Summary.Length), CultureInfo.InvariantCulture);
    }

    private static string Table(IEnumerable<(string Row, long Instructions)> counts)
    {
        var table = new StringBuilder().AppendLine("| request | instructions |").AppendLine("| --- | --- |");
        foreach (var (row, instructions) in counts)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"| {row} | {instructions / Requests:#,0} |");
        }

        return table.ToString();
    }
}
