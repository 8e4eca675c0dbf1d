using System.Globalization;
using System.Text;
using EdgeProxy.Comparison.Measurements;

namespace EdgeProxy.Comparison.Reports;

/// <summary>
/// A table of ratios, a row a comparison, in Markdown. Rows and cells whose rounds do not agree
/// (<see cref="Spread.IsEvidence"/>) are left out of it.
/// </summary>
internal sealed class RatioTable
{
    private const string Unknown = "–";

    private readonly string _column;
    private readonly StringBuilder _rows = new();
    private readonly List<string> _omitted = [];
    private int _rounds;

    /// <param name="column">The heading of the second column: what the rows of a request differ in.</param>
    public RatioTable(string column = "load")
    {
        _column = column;
    }

    /// <summary>Adds a row: what one has as multiples of what the other has, round by round.</summary>
    /// <param name="name">The request.</param>
    /// <param name="tool">The load tool, or what else rows of this request differ in.</param>
    /// <param name="target">The most processor time that was aimed for; null where nothing was.</param>
    /// <param name="one">The samples of the one.</param>
    /// <param name="other">The samples of the other, as many.</param>
    /// <returns>The row with every figure, whether it is in the table or not.</returns>
    public string Add(string name, string tool, double? target, IReadOnlyList<Sample> one, IReadOnlyList<Sample> other)
    {
        _rounds = Math.Max(_rounds, one.Count);
        var cpu = one.Concat(other).All(static sample => sample.MicrosecondsPerRequest is not null)
            ? Ratio(static sample => sample.MicrosecondsPerRequest!.Value)
            : null;
        var throughput = Ratio(static sample => sample.RequestsPerSecond);
        var p99 = Ratio(static sample => sample.Load.P99.TotalMicroseconds);
        var microseconds = string.Create(CultureInfo.InvariantCulture, $"{Median(one):0.0} / {Median(other):0.0}");
        var verdict = target is { } most
            ? string.Create(CultureInfo.InvariantCulture, $"{most:0.00}{(cpu is null ? "" : cpu.Median <= most ? ", met" : ", missed")}")
            : "";
        if ((cpu ?? throughput).IsEvidence)
        {
            _rows.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {tool} | {cpu?.ToString() ?? Unknown} | {microseconds} | {verdict} | {Evidence(throughput)} | {Evidence(p99)} |");
        }
        else
        {
            _omitted.Add($"{name} ({tool})");
        }

        return $"| {name} | {tool} | {cpu?.ToString() ?? Unknown} | {microseconds} | {verdict} | {throughput} "
            + $"| {Ratio(static sample => sample.Load.P50.TotalMicroseconds)} | {p99} | {Ratio(static sample => sample.Load.P999.TotalMicroseconds)} |";

        Spread Ratio(Func<Sample, double> figure) => Spread.OfRatios(one.Select(figure), other.Select(figure));

        static double Median(IReadOnlyList<Sample> samples) => Spread.Of(samples.Select(static sample => sample.MicrosecondsPerRequest ?? double.NaN)).Median;

        static string Evidence(Spread spread) => spread.IsEvidence ? spread.ToString() : Unknown;
    }

    /// <summary>The table, and the names of the rows that were left out.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (_rows.Length > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| request | {_column} | CPU a request, ratio | µs, one / other | target | requests/s | p99 |")
                .AppendLine("| --- | --- | --- | --- | --- | --- | --- |")
                .Append(_rows)
                .AppendLine()
                .AppendLine(CultureInfo.InvariantCulture, $"{_rounds} rounds in turns: medians, and in brackets the quartiles.");
        }

        if (_omitted.Count > 0)
        {
            text.AppendLine(_rows.Length > 0 ? "" : "No figures.").AppendLine(CultureInfo.InvariantCulture, $"Left out, because their rounds do not agree: {string.Join(", ", _omitted)}.");
        }

        return text.ToString();
    }
}
