using System.Diagnostics;
using System.Globalization;
using System.Text;
using EdgeProxy.Comparison.Load;
using EdgeProxy.Workloads;

namespace EdgeProxy.Comparison.Measurements;

/// <summary>
/// The heap that documents need until they are served: the lowest <c>DOTNET_GCHeapHardLimit</c> under which the program serves
/// them, found by bisection, less that of a nearly empty document.
/// </summary>
internal static class CompilingMemory
{
    private const double Megabyte = 1_000_000;
    private const int DocumentBytes = 10_000_000;
    private const double HighestMultiple = 40;
    private const double Precision = 0.25;

    // Just above what fits, the garbage collector may run all the time: that does not count as fitting.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private enum Outcome
    {
        Served,
        RejectedBeforehand,
        RanOut,
        Ended,
    }

    /// <summary>Measures; returns the table in Markdown.</summary>
    /// <param name="only">A part of the names of the documents to measure.</param>
    public static async Task<string> RunAsync(string only)
    {
        var table = new StringBuilder();
        Add("| 10 MB of | heap, as a multiple of the document | rejected beforehand below | process ended |");
        Add("| --- | --- | --- | --- |");
        using var directory = new TemporaryDirectory();
        var idle = (await MeasureAsync(directory.Write("small.json", OneSidedDocuments.All[1].Make(1)), 20 * Megabyte, 0.5 * Megabyte)).Needed;
        foreach (var (name, make) in OneSidedDocuments.All.Where(document => document.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            var document = make(DocumentBytes);
            var path = directory.Write("document.json", document);
            var (needed, ends) = await MeasureAsync(path, HighestMultiple * document.Length, Precision * document.Length);
            var beforehand = await FindEstimateAsync(path, needed, Precision * document.Length);
            Add(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {(needed - idle) / document.Length:0.0} | {(beforehand - idle) / document.Length:0.0} | {(ends == 0 ? "never" : $"{ends} times")} |"));
        }

        return table.ToString();

        void Add(string row)
        {
            table.AppendLine(row);
            Console.WriteLine(row);
        }
    }

    /// <summary>Finds the lowest limit under which a document is served, and counts the runs in which the process ended by itself.</summary>
    private static async Task<(double Needed, int Ends)> MeasureAsync(string document, double high, double precision)
    {
        var length = new FileInfo(document).Length;
        var low = 0.0;
        var ends = 0;
        while (high - low > precision)
        {
            var limit = (low + high) / 2;
            var outcome = await TryAsync(document, (long)limit);
            ends += outcome == Outcome.Ended && limit > length ? 1 : 0; // no process starts without memory
            (low, high) = outcome == Outcome.Served ? (low, limit) : (limit, high);
        }

        return (high, ends);
    }

    /// <summary>Finds the highest limit under which a document is rejected before it is compiled.</summary>
    private static async Task<double> FindEstimateAsync(string document, double high, double precision)
    {
        var low = 0.0;
        while (high - low > precision)
        {
            var limit = (low + high) / 2;
            (low, high) = await TryAsync(document, (long)limit) is Outcome.RejectedBeforehand or Outcome.Ended ? (limit, high) : (low, limit);
        }

        return low;
    }

    private static async Task<Outcome> TryAsync(string document, long limit)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in (string[])[Programs.Proxy, "--host", "127.0.0.1", "--port", "0", "--environment-document", document])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = limit.ToString("x", CultureInfo.InvariantCulture);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                if (Read(line) is { } outcome)
                {
                    return outcome;
                }
            }

            return Outcome.Ended;
        }
        catch (OperationCanceledException)
        {
            return Outcome.RanOut;
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static Outcome? Read(string line) =>
        line.Contains("checked and compiled in", StringComparison.Ordinal) ? Outcome.Served
        : line.Contains("to be compiled, but only", StringComparison.Ordinal) ? Outcome.RejectedBeforehand
        : line.Contains("more memory than is left", StringComparison.Ordinal) || line.Contains("not enough memory", StringComparison.Ordinal) ? Outcome.RanOut
        : null;
}
