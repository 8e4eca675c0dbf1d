using System.Xml.Linq;
using EdgeProxy.Comparison.Plots;
using EdgeProxy.Testing;

namespace EdgeProxy.Tooling.Tests.Comparison;

/// <summary>The pictures of the performance page are those of its figures.</summary>
public sealed class PerformancePlotsTests
{
    private static readonly IReadOnlyDictionary<string, string> Plots = PerformancePlots.Render(Repository.Read("docs/performance.md"));

    public static TheoryData<string> Files => [.. Plots.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void Plot_OfThisRepository_IsThatOfThePage(string file) =>
        Assert.True(Plots[file] == Repository.Read(file), "write the plots: dotnet run -c Release --project benchmarks/EdgeProxy.Comparison -- plots");

    [Theory]
    [MemberData(nameof(Files))]
    public void Plot_OfThisRepository_IsOnThePageAndValidXml(string file)
    {
        Assert.Contains($"]({file["docs/".Length..]})", Repository.Read("docs/performance.md"), StringComparison.Ordinal);
        Assert.Equal("svg", XDocument.Parse(Plots[file]).Root!.Name.LocalName);
    }

    [Fact]
    public void Render_Bars_AsLongAsTheirValues()
    {
        var chart = new BarChart { Title = "T", Subtitle = "S", Groups = ["a < b", "c"], Series = [new BarSeries("one", [10, 5]), new BarSeries("two", [null, 2.5])] };

        var widths = XDocument.Parse(chart.Render()).Descendants().Where(static element => element.Name.LocalName == "rect" && element.Attribute("x")!.Value == "120")
            .Select(static bar => double.Parse(bar.Attribute("width")!.Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();

        Assert.Equal([550, 275, 137.5], widths);
    }

    [Theory]
    [InlineData("1,234.5 (1–2)", 1234.5)]
    [InlineData("62 / 3", 62.0)]
    [InlineData("", null)]
    [InlineData("cannot", null)]
    public void Find_Cell_ItsFirstNumber(string cell, double? expected)
    {
        var table = FigureTable.Read($"<!-- figures: x -->\n\n| | n |\n| --- | --- |\n| row | {cell} |\n\n<!-- end of figures -->\n", "x");

        Assert.Equal(expected, table.Find("row", "n"));
        Assert.Throws<InvalidOperationException>(() => table.Find("row", "m"));
        Assert.Throws<InvalidOperationException>(() => FigureTable.Read("", "x"));
    }
}
