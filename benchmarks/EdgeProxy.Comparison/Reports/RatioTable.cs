using System.Globalization;
using System.Text;
using EdgeProxy.Comparison.Measurements;

namespace EdgeProxy.Comparison.Reports;

/// <summary>A table of ratios, a row a comparison, in Markdown.</summary>
internal sealed class RatioTable
{
    private const string Unknown = "–";

    private readonly StringBuilder _text = new();

    public RatioTable()
    {
        _text.AppendLine("| request | load | CPU a request, ratio | µs, one / other | target | requests/s | p50 | p99 | p99.9 |");
        _text.AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    }

    /// <summary>Adds a row: what one has as multiples of what the other has, round by round.</summary>
    /// <param name="name">The request.</param>
    /// <param name="tool">By which load tool.</param>
    /// <param name="target">The most processor time that was aimed for; null where nothing was.</param>
    /// <param name="one">The samples of the one.</param>
    /// <param name="other">The samples of the other, as many.</param>
    /// <returns>The row.</returns>
    public string Add(string name, string tool, double? target, IReadOnlyList<Sample> one, IReadOnlyList<Sample> other)
    {
        var cpu = one.Concat(other).All(static sample => sample.MicrosecondsPerRequest is not null)
            ? Ratio(static sample => sample.MicrosecondsPerRequest!.Value)
            : null;
        var microseconds = string.Create(CultureInfo.InvariantCulture, $"{Median(one):0.0} / {Median(other):0.0}");
        var verdict = target is { } most
            ? string.Create(CultureInfo.InvariantCulture, $"{most:0.00}{(cpu is null ? "" : cpu.Median <= most ? ", met" : ", missed")}")
            : "";
        var row = $"| {name} | {tool} | {cpu?.ToString() ?? Unknown} | {microseconds} | {verdict} "
            + $"| {Ratio(static sample => sample.RequestsPerSecond)} | {Ratio(static sample => sample.Load.P50.TotalMicroseconds)} "
            + $"| {Ratio(static sample => sample.Load.P99.TotalMicroseconds)} | {Ratio(static sample => sample.Load.P999.TotalMicroseconds)} |";
        _text.AppendLine(row);
        return row;

        Spread Ratio(Func<Sample, double> figure) => Spread.OfRatios(one.Select(figure), other.Select(figure));

        static double Median(IReadOnlyList<Sample> samples) => Spread.Of(samples.Select(static sample => sample.MicrosecondsPerRequest ?? double.NaN)).Median;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
