using System.Globalization;
using System.Text.RegularExpressions;
using EdgeProxy.Comparison.Reports;
using EdgeProxy.Testing;

namespace EdgeProxy.Tooling.Tests.Comparison;

public sealed partial class PerformancePageTests
{
    // Figures with a wider range are noise, and support no claim.
    private const double MaxRange = 1.5;

    private const string Page = "# Page\n<!-- figures: mix -->\nold\n<!-- end of figures -->\nmiddle\n<!-- figures: start -->\n<!-- end of figures -->\nend\n";

    [Fact]
    public void Insert_Section_ReplacesItsFiguresAndNothingElse()
    {
        var page = PerformancePage.Insert(Page, "mix", "| new |\n");

        Assert.Equal(Page.Replace("old\n", "\n| new |\n\n", StringComparison.Ordinal), page);
        Assert.Equal(page, PerformancePage.Insert(page, "mix", "| new |\n"));
    }

    [Fact]
    public void Insert_SectionWithoutAPlace_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => PerformancePage.Insert(Page, "refresh", "| new |"));

    [Theory]
    [InlineData("mix")]
    [InlineData("protocols")]
    [InlineData("builds")]
    [InlineData("scaling")]
    [InlineData("cores")]
    [InlineData("refresh")]
    [InlineData("propagation")]
    [InlineData("traits")]
    [InlineData("mechanisms")]
    [InlineData("explained")]
    [InlineData("start")]
    [InlineData("footprint")]
    public void Insert_PageOfThisRepository_HasAPlaceForEverythingThatIsMeasured(string section) =>
        Assert.Contains("| new |", PerformancePage.Insert(Repository.Read("docs/performance.md"), section, "| new |"), StringComparison.Ordinal);

    [Fact]
    public void Page_EachBlockOfFigures_SaysOfWhichDayAndCommit_OrThatThereAreNone()
    {
        var blocks = Repository.Read("docs/performance.md").Split("<!-- figures: ").Skip(1).ToList();

        Assert.True(blocks.Count > 5, $"{blocks.Count}");
        Assert.All(blocks, static block => Assert.Matches("Measured on 20[0-9]{2}-[0-9]{2}-[0-9]{2}, commit [0-9a-f]{7}|-->\\n\\nNot measured yet\\.\\n\\n$", block.Split("<!-- end of figures -->")[0]));
    }

    [Fact]
    public void Page_FiguresWithARange_AreNotNoise()
    {
        var ranges = Interval().Matches(Repository.Read("docs/performance.md"));

        Assert.NotEmpty(ranges);
        Assert.All(ranges, static range => Assert.True(Number(range, "to") <= Number(range, "from") * MaxRange, range.Value));
    }

    [Fact]
    public async Task Describe_ThisRepository_DayAndCommit() =>
        Assert.Matches("^Measured on 20[0-9]{2}-[0-9]{2}-[0-9]{2}, commit ([0-9a-f]{7,}|unknown)( with changes)?, on [0-9]+ cores of .+\\.$", await Provenance.DescribeAsync(TimeProvider.System));

    private static double Number(Match range, string name) => double.Parse(range.Groups[name].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"[0-9] \((?<from>[0-9]+(\.[0-9]+)?)(–| to )(?<to>[0-9]+(\.[0-9]+)?)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Interval();
}
