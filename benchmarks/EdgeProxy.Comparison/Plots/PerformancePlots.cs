using EdgeProxy.Comparison.Reports;
using EdgeProxy.Testing;

namespace EdgeProxy.Comparison.Plots;

/// <summary>The plots of the performance page, made from the figures on it, as its table of cores is.</summary>
internal static class PerformancePlots
{
    private static readonly string[] Proxies = ["EdgeProxy", "Rust proxy", "Python proxy"];

    /// <summary>The plots by the path of their file.</summary>
    /// <param name="page">The performance page.</param>
    public static IReadOnlyDictionary<string, string> Render(string page) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["docs/images/throughput.svg"] = Plot(page, "peers-throughput", Proxies, "Requests a second on one core", "Requests a second; more is better", isLogarithmic: false),
        ["docs/images/cpu.svg"] = Plot(page, "peers-cpu", [.. Proxies, "bare Kestrel"], "Processor time of a request", "Microseconds, user and system; less is better", isLogarithmic: true),
        ["docs/images/overload.svg"] = Plot(page, "overload", ["p50 of those, ms", "p99, ms"], "Waiting time at three times the load that can be answered", "Milliseconds; less is better", isLogarithmic: false),
        ["docs/images/memory.svg"] = Plot(page, "footprint", ["documents, MB", "memory, MB"], "Memory of the process by size and number of documents", "Megabytes; less is better", isLogarithmic: false),
    };

    /// <summary>Writes the table of cores and the plots of this repository.</summary>
    public static void Write()
    {
        var page = CoreTable.Update(PerformancePage.Read());
        PerformancePage.Write(page);
        foreach (var (path, plot) in Render(page))
        {
            File.WriteAllText(Repository.PathOf(path), plot);
        }
    }

    private static string Plot(string page, string section, string[] columns, string title, string subtitle, bool isLogarithmic)
    {
        var table = FigureTable.Read(page, section);
        string[] groups = [.. table.Labels];
        return new BarChart
        {
            Title = title,
            Subtitle = subtitle,
            Groups = [.. groups.Select(static group => group.Replace("`", "", StringComparison.Ordinal))],
            Series = [.. columns.Select(column => new BarSeries(column.Replace(" of those", "", StringComparison.Ordinal), [.. groups.Select(group => table.Find(group, column))]))],
            IsLogarithmic = isLogarithmic,
        }.Render();
    }
}
