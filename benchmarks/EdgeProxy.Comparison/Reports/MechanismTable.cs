using System.Globalization;
using System.Text;
using EdgeProxy.Comparison.Measurements;

namespace EdgeProxy.Comparison.Reports;

/// <summary>
/// A table in Markdown of what EdgeProxy without a mechanism takes, as multiples of what it takes with it. A ratio counts if the
/// middle half of the rounds excludes 1. Of rounds that are far apart but on one side of 1, the cell has the nearer quartile.
/// </summary>
internal sealed class MechanismTable
{
    private const int MinRounds = 5;
    private const string Unknown = "–";

    private readonly StringBuilder _rows = new();

    /// <summary>Adds a row.</summary>
    /// <param name="mechanism">The name of the mechanism.</param>
    /// <param name="situation">The name of the situation.</param>
    /// <param name="hasProcessorTime">False if the processor time is not that of the measured requests alone.</param>
    /// <param name="complete">The samples with the mechanism.</param>
    /// <param name="reduced">The samples without it, as many.</param>
    /// <returns>The row with all quartiles, whether they count or not.</returns>
    public string Add(string mechanism, string situation, bool hasProcessorTime, IReadOnlyList<Sample> complete, IReadOnlyList<Sample> reduced)
    {
        var p99 = Ratio(static sample => sample.Load.P99.TotalMilliseconds);
        var cpu = hasProcessorTime && complete.Concat(reduced).All(static sample => sample.MicrosecondsPerRequest is not null)
            ? Ratio(static sample => sample.MicrosecondsPerRequest!.Value)
            : null;
        var times = string.Create(CultureInfo.InvariantCulture, $"{Median(reduced):0.00} / {Median(complete):0.00}");
        Spread[] ratios = cpu is null ? [p99] : [p99, cpu];
        var verdict = Verdict(ratios);
        _rows.AppendLine(CultureInfo.InvariantCulture, $"| {mechanism} | {situation} | {Claim(p99)} | {times} | {(cpu is null ? "" : Claim(cpu))} | {verdict} |");
        return $"| {mechanism} | {situation} | {p99} | {times} | {cpu} | {verdict} |";

        Spread Ratio(Func<Sample, double> figure) => Spread.OfRatios(reduced.Select(figure), complete.Select(figure));

        static double Median(IReadOnlyList<Sample> samples) => Spread.Of(samples.Select(static sample => sample.Load.P99.TotalMilliseconds)).Median;
    }

    /// <summary>The table.</summary>
    public override string ToString() => new StringBuilder()
        .AppendLine("| mechanism | requests | p99 without it, ratio | ms, without / with | CPU a request without it, ratio | without it |")
        .AppendLine("| --- | --- | --- | --- | --- | --- |")
        .Append(_rows)
        .ToString();

    private static bool IsWorse(Spread ratio) => ratio.Count >= MinRounds && ratio.Lower > 1;

    private static bool IsBetter(Spread ratio) => ratio.Count >= MinRounds && ratio.Upper < 1;

    private static string Claim(Spread ratio)
    {
        if (ratio.IsEvidence)
        {
            return ratio.ToString();
        }

        return IsWorse(ratio) ? string.Create(CultureInfo.InvariantCulture, $"at least {ratio.Lower:0.0}")
            : IsBetter(ratio) ? string.Create(CultureInfo.InvariantCulture, $"at most {ratio.Upper:0.00}")
            : Unknown;
    }

    private static string Verdict(Spread[] ratios) => (Array.Exists(ratios, IsWorse), Array.Exists(ratios, IsBetter)) switch
    {
        (true, true) => "worse in one, better in the other",
        (true, false) => "worse",
        (false, true) => "better",
        _ => "no difference found",
    };
}
