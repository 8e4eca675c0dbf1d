using System.Globalization;
using System.Text;

namespace EdgeProxy.Comparison.Plots;

/// <summary>A chart of horizontal bars as SVG, readable on light and dark backgrounds.</summary>
internal sealed class BarChart
{
    private const int Width = 760;
    private const int CharacterWidth = 7;
    private const int ValueWidth = 90;
    private const int BarHeight = 15;
    private const int GroupGap = 14;
    private const int Top = 74;

    private static readonly string[] Colours = ["#4f46e5", "#d97706", "#0d9488", "#9ca3af"];

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The unit, and which way is better.</summary>
    public required string Subtitle { get; init; }

    /// <summary>The labels of the groups.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>The bars.</summary>
    public required IReadOnlyList<BarSeries> Series { get; init; }

    /// <summary>Indicates whether lengths are logarithms, for values of several orders of magnitude.</summary>
    public bool IsLogarithmic { get; init; }

    private int LabelWidth => Math.Clamp((Groups.Max(static group => group.Length) * CharacterWidth) + 16, 120, 320);

    private int GroupHeight => (Series.Count * BarHeight) + GroupGap;

    /// <summary>Renders the chart.</summary>
    public string Render()
    {
        var height = Top + (Groups.Count * GroupHeight) + 6;
        var svg = new StringBuilder();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\" aria-label=\"{Escape(Title)}\">");
        Line(svg, "<style>text { font: 13px system-ui, sans-serif; fill: #1f2937 } .title { font-size: 16px; font-weight: 600 } .muted { fill: #6b7280 } @media (prefers-color-scheme: dark) { text { fill: #e5e7eb } .muted { fill: #9ca3af } }</style>");
        Line(svg, $"<text class=\"title\" x=\"0\" y=\"18\">{Escape(Title)}</text>");
        Line(svg, $"<text class=\"muted\" x=\"0\" y=\"38\">{Escape(Subtitle)}{(IsLogarithmic ? "; the scale is logarithmic" : "")}</text>");
        RenderLegend(svg);
        for (var group = 0; group < Groups.Count; group++)
        {
            RenderGroup(svg, group);
        }

        Line(svg, "</svg>");
        return svg.ToString();
    }

    private static void Line(StringBuilder svg, string text) => svg.Append(text).Append('\n');

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    private static string Show(double value) => value.ToString(value >= 10 ? "#,0" : "0.##", CultureInfo.InvariantCulture);

    private void RenderLegend(StringBuilder svg)
    {
        var x = 0;
        for (var i = 0; i < Series.Count; i++)
        {
            Line(svg, $"<rect x=\"{x}\" y=\"49\" width=\"11\" height=\"11\" rx=\"2\" fill=\"{Colours[i]}\"/>");
            Line(svg, $"<text x=\"{x + 17}\" y=\"59\">{Escape(Series[i].Name)}</text>");
            x += 40 + (Series[i].Name.Length * CharacterWidth);
        }
    }

    private void RenderGroup(StringBuilder svg, int group)
    {
        var y = Top + (group * GroupHeight);
        Line(svg, $"<text x=\"{LabelWidth - 10}\" y=\"{y + (Series.Count * BarHeight / 2) + 5}\" text-anchor=\"end\">{Escape(Groups[group])}</text>");
        for (var i = 0; i < Series.Count; i++)
        {
            if (Series[i].Values[group] is { } value)
            {
                var top = y + (i * BarHeight);
                var length = LengthOf(value).ToString("0.0", CultureInfo.InvariantCulture);
                Line(svg, $"<rect x=\"{LabelWidth}\" y=\"{top + 1}\" width=\"{length}\" height=\"{BarHeight - 3}\" rx=\"2\" fill=\"{Colours[i]}\"/>");
                Line(svg, $"<text x=\"{(LabelWidth + LengthOf(value) + 6).ToString("0.0", CultureInfo.InvariantCulture)}\" y=\"{top + 12}\" class=\"muted\">{Show(value)}</text>");
            }
        }
    }

    private double LengthOf(double value)
    {
        double room = Width - LabelWidth - ValueWidth;
        var largest = Series.SelectMany(static series => series.Values).Max() ?? 1;
        if (!IsLogarithmic)
        {
            return room * value / largest;
        }

        var smallest = (Series.SelectMany(static series => series.Values).Min() ?? 1) / 2;
        return room * Math.Log(value / smallest) / Math.Log(largest / smallest);
    }
}
