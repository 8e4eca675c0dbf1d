using System.Globalization;
using System.Text;
using EdgeProxy.Comparison.Reports;

namespace EdgeProxy.Comparison.Plots;

/// <summary>The table of the cores that requests keep busy, computed from the processor times of the mix on the performance page.</summary>
internal static class CoreTable
{
    private const string Source = "mix";
    private const string Section = "cores";
    private const string Provenance = "Measured on ";
    private const double MicrosecondsOfACore = 1e6;

    // The same environments again, with another setting.
    private const string Repeated = " against none";

    private static readonly (int Rate, string Format)[] Rates = [(1000, "0.000"), (10_000, "0.00"), (100_000, "0.0")];

    /// <summary>Computes the table anew.</summary>
    /// <param name="page">The performance page.</param>
    /// <returns>The page with the table.</returns>
    /// <exception cref="InvalidOperationException">The page has no figures of the mix.</exception>
    public static string Update(string page)
    {
        var mix = FigureTable.Read(page, Source);
        var provenance = page.Split($"<!-- figures: {Source} -->\n")[1].Split('\n').First(static line => line.StartsWith(Provenance, StringComparison.Ordinal));
        var text = new StringBuilder()
            .Append(provenance).Append("\n\n| request | µs a request |")
            .AppendJoin("", Rates.Select(static (rate, index) => string.Create(CultureInfo.InvariantCulture, $" {(index == 0 ? "cores for " : "")}{rate.Rate:#,0}/s |")))
            .Append("\n| --- | --- |").AppendJoin("", Rates.Select(static _ => " --- |")).Append('\n');
        foreach (var label in mix.Labels.Where(static label => !label.EndsWith(Repeated, StringComparison.Ordinal)).Distinct())
        {
            if (mix.Find(label, "µs, one / other") is { } microseconds)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {label.Split(", against ")[0]} | {microseconds:0.0} |")
                    .AppendJoin("", Rates.Select(rate => $" {Cores(microseconds, rate.Rate).ToString(rate.Format, CultureInfo.InvariantCulture)} |"))
                    .Append('\n');
            }
        }

        return PerformancePage.Insert(page, Section, text.ToString());
    }

    /// <summary>The number of cores that are kept busy.</summary>
    /// <param name="microseconds">The processor time of a request, in microseconds.</param>
    /// <param name="rate">The requests a second.</param>
    internal static double Cores(double microseconds, int rate) => microseconds * rate / MicrosecondsOfACore;
}
