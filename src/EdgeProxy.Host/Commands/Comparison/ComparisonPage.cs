using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>
/// The result of a comparison as one HTML page that needs no other file, for those who decide about a migration. Names and
/// values come from documents of others: the page allows itself nothing but its own style.
/// </summary>
internal static class ComparisonPage
{
    private const int MaxListed = 500;

    // White space counts in values. The table of differences scrolls within itself where the screen is narrow.
    private const string Style = """

        :root{color-scheme:light dark}
        body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}
        table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #8886;vertical-align:top}
        td.v{white-space:pre-wrap}th,.n{overflow-wrap:normal}.n{text-align:right;font-variant-numeric:tabular-nums}
        .wide{overflow-x:auto}.wide table{min-width:48rem}
        .bar{width:30%}svg{display:block;width:100%;height:1.4em}rect{fill:#4a7fd6}.other{fill:#c9762f}

        """;

    private static readonly string Head = $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'">
        <title>Comparison of two flag servers</title>
        <style>{Style}</style></head><body><main>

        """;

    /// <summary>Renders a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="now">The time of the comparison.</param>
    public static string Of(ComparisonResult result, DateTimeOffset now)
    {
        var page = new StringBuilder(Head);
        page.Append("<h1>").Append(Text(ComparisonText.Verdict(result))).Append("</h1>\n<p>")
            .Append(Text($"{Quantity.Of(result.Count, "question")} to {result.Here} (here) and {result.There} (there), {now:u}, with EdgeProxy {ProgramVersion.Text}.")).Append("</p>\n");
        AppendQuestions(page, result);
        AppendTimes(page, result);
        AppendHarmless(page, result);
        AppendDifferences(page, result);
        return page.Append("</main></body></html>\n").ToString();
    }

    private static void AppendQuestions(StringBuilder page, ComparisonResult result)
    {
        var most = result.Questions.Values.DefaultIfEmpty(1).Max();
        var different = result.Differences.Select(static difference => difference.Question).Distinct().CountBy(static question => question.Kind).ToDictionary(StringComparer.Ordinal);
        page.Append("<h2>Questions</h2>\n<table><tr><th scope=\"col\">kind</th><th scope=\"col\" class=\"n\">asked</th><th scope=\"col\" class=\"n\">different</th><td class=\"bar\"></td></tr>\n");
        foreach (var (kind, count) in result.Questions)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(kind)}</td><td class=\"n\">{count}</td><td class=\"n\">{different.GetValueOrDefault(kind)}</td><td>");
            AppendBar(page, (double)count / most, "");
            page.Append("</td></tr>\n");
        }

        page.Append("</table>\n");
    }

    private static void AppendTimes(StringBuilder page, ComparisonResult result)
    {
        int[] percents = [50, 90, 99];
        var longest = Math.Max(1e-3, new[] { result.TimesHere, result.TimesThere }.Max(static times => ComparisonResult.Percentile(times, 99).TotalMilliseconds));
        page.Append("<h2>Times of answers</h2>\n<p>From the machine that compared; measured with few requests at a time.</p>\n<table><tr><th scope=\"col\">server</th><th scope=\"col\" class=\"n\">share</th><th scope=\"col\" class=\"n\">within</th><td class=\"bar\"></td></tr>\n");
        foreach (var (name, times, style) in new[] { ("here", result.TimesHere, ""), ("there", result.TimesThere, "other") })
        {
            foreach (var percent in percents)
            {
                var time = ComparisonResult.Percentile(times, percent).TotalMilliseconds;
                page.Append(CultureInfo.InvariantCulture, $"<tr><td>{name}</td><td class=\"n\">{percent} %</td><td class=\"n\">{time:0.0} ms</td><td>");
                AppendBar(page, time / longest, style);
                page.Append("</td></tr>\n");
            }
        }

        page.Append("</table>\n");
    }

    private static void AppendHarmless(StringBuilder page, ComparisonResult result)
    {
        if (result.Harmless.Count == 0 && result.Vanished == 0)
        {
            return;
        }

        page.Append("<h2>Not counted as differences</h2>\n<ul>\n");
        foreach (var (kind, count) in result.Harmless)
        {
            page.Append("<li>").Append(Text($"{Quantity.Of(count, "answer")} {ComparisonText.Describe(kind)}")).Append("</li>\n");
        }

        if (result.Vanished > 0)
        {
            page.Append("<li>").Append(Text($"{Quantity.Of(result.Vanished, "answer")} differed once, and not when asked again")).Append("</li>\n");
        }

        page.Append("</ul>\n");
    }

    private static void AppendDifferences(StringBuilder page, ComparisonResult result)
    {
        if (result.Differences.Count == 0)
        {
            return;
        }

        page.Append("<h2>Differences</h2>\n<div class=\"wide\" role=\"region\" aria-label=\"Differences\" tabindex=\"0\"><table><tr><th scope=\"col\">question</th><th scope=\"col\">feature</th><th scope=\"col\">here</th><th scope=\"col\">there</th><th scope=\"col\" class=\"n\">times</th><th scope=\"col\">explanation</th></tr>\n");
        foreach (var (difference, count) in result.Groups.Take(MaxListed))
        {
            page.Append("<tr>");
            foreach (var cell in (string?[])[difference.Question.Label, difference.Feature, difference.Here, difference.There])
            {
                page.Append("<td class=\"v\">").Append(Text(cell ?? "")).Append("</td>");
            }

            page.Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{count}</td><td>{Text(difference.Explanation ?? "")}</td></tr>\n");
        }

        page.Append("</table></div>\n");
        if (result.Groups.Count > MaxListed)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>… and {result.Groups.Count - MaxListed} more</p>\n");
        }
    }

    private static void AppendBar(StringBuilder page, double share, string style) => page.Append(
        CultureInfo.InvariantCulture,
        $"<svg role=\"img\" aria-label=\"{share * 100:0} %\"><rect class=\"{style}\" width=\"{Math.Clamp(share, 0, 1) * 100:0.#}%\" height=\"100%\" rx=\"2\"/></svg>");

    /// <summary>Encodes a text, in which marks that reorder or hide text are shown as numbers.</summary>
    private static string Text(string text) => WebUtility.HtmlEncode(LogText.Escape(text));
}
