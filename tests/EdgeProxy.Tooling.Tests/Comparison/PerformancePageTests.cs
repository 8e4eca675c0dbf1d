using EdgeProxy.Comparison.Reports;
using EdgeProxy.Testing;

namespace EdgeProxy.Tooling.Tests.Comparison;

public sealed class PerformancePageTests
{
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
    [InlineData("refresh")]
    [InlineData("start")]
    [InlineData("footprint")]
    public void Insert_PageOfThisRepository_HasAPlaceForEverythingThatIsMeasured(string section) =>
        Assert.Contains("| new |", PerformancePage.Insert(Repository.Read("docs/performance.md"), section, "| new |"), StringComparison.Ordinal);
}
