using System.Globalization;
using System.Text;
using EdgeProxy.Comparison.Measurements;

namespace EdgeProxy.Comparison.Reports;

/// <summary>A table of the turns of a proxy on different cores, in Markdown: a column for each, compared with the one before.</summary>
internal static class ScalingTable
{
    private const string Unknown = "–";

    private static readonly (string Name, string Format, Func<CountedTurn, double> Figure)[] Rows =
    [
        ("requests a second", "#,0", static turn => turn.Sample.RequestsPerSecond),
        ("cores that the proxy kept busy", "0.00", static turn => turn.BusyCores),
        ("threads waited for a core, µs a request", "0.00", static turn => turn.Per(static counters => counters.CoreWait.TotalMicroseconds, 1)),
        ("switches because a thread waited (voluntary), per 1,000 requests", "0.0", static turn => turn.Per(static counters => counters.VoluntarySwitches, 1000)),
        ("switches because another thread ran (involuntary), per 1,000 requests", "0.0", static turn => turn.Per(static counters => counters.InvoluntarySwitches, 1000)),
        ("contended locks, per million requests", "0.0", static turn => turn.Per(static counters => counters.LockContentions, 1e6)),
        ("work items of the thread pool, per 1,000 requests", "0.0", static turn => turn.Per(static counters => counters.WorkItems, 1000)),
        ("page faults, per 1,000 requests", "0.0", static turn => turn.Per(static counters => counters.PageFaults, 1000)),
        ("garbage collections, per million requests", "0.0", static turn => turn.Per(static counters => counters.Collections, 1e6)),
        ("pause of garbage collections, ms a second", "0.00", static turn => turn.PauseMillisecondsPerSecond),
    ];

    /// <summary>Renders it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="turns">The turns of each column, as many for each.</param>
    public static string Render(string request, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<CountedTurn>> turns)
    {
        var table = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"| {request} | {string.Join(" | ", columns)} |")
            .AppendLine(CultureInfo.InvariantCulture, $"| --- | {string.Join(" | ", columns.Select(static _ => "---"))} |");
        AddRow("requests a second of processor time, ratio to the column before", turns.Select((own, column) => column == 0 ? "" : Ratio(own, turns[column - 1])));
        foreach (var (name, format, figure) in Rows)
        {
            AddRow(name, turns.Select(own => Spread.Of(own.Select(figure)).Median.ToString(format, CultureInfo.InvariantCulture)));
        }

        return table.ToString();

        void AddRow(string name, IEnumerable<string> cells) => table.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", cells)} |");
    }

    private static string Ratio(IReadOnlyList<CountedTurn> own, IReadOnlyList<CountedTurn> before)
    {
        var ratio = Spread.OfRatios(own.Select(static turn => turn.RequestsPerProcessorSecond), before.Select(static turn => turn.RequestsPerProcessorSecond));
        return ratio.IsEvidence ? ratio.ToString() : Unknown;
    }
}
