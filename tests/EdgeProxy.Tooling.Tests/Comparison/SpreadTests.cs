using EdgeProxy.Comparison.Measurements;

namespace EdgeProxy.Tooling.Tests.Comparison;

public sealed class SpreadTests
{
    [Fact]
    public void Of_OddAndEvenCounts_MedianAndQuartiles()
    {
        Assert.Equal(new Spread(2, 1.5, 5.5, 3), Spread.Of([9, 1, 2]));
        Assert.Equal(new Spread(2.5, 1.75, 4.5, 4), Spread.Of([9, 1, 2, 3]));
        Assert.Equal(new Spread(7, 7, 7, 1), Spread.Of([7]));
    }

    [Fact]
    public void OfRatios_ComparesRoundByRound() =>
        Assert.Equal("2.00 (1.50–2.50)", Spread.OfRatios([2, 40, 9], [2, 20, 3]).ToString());

    [Theory]
    [InlineData(new[] { 1.0, 1.1, 1.1, 1.2, 9 }, true)] // one round that something disturbed
    [InlineData(new[] { 0.5, 0.8, 1.1, 1.4, 1.9 }, false)]
    [InlineData(new[] { 1.0, 1.0, 1.0, 1.0 }, false)] // too few
    public void IsEvidence_RoundsThatAgreeOrNot_DecidedByTheMiddleHalf(double[] figures, bool isEvidence) =>
        Assert.Equal(isEvidence, Spread.Of(figures).IsEvidence);
}
