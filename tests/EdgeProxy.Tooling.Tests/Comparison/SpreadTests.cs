using EdgeProxy.Comparison.Measurements;

namespace EdgeProxy.Tooling.Tests.Comparison;

public sealed class SpreadTests
{
    [Fact]
    public void Of_OddAndEvenCounts_MiddleAndEnds()
    {
        Assert.Equal(new Spread(2, 1, 9), Spread.Of([9, 1, 2]));
        Assert.Equal(new Spread(2.5, 1, 9), Spread.Of([9, 1, 2, 3]));
    }

    [Fact]
    public void OfRatios_ComparesRoundByRound() =>
        Assert.Equal("2.00 (1.00–3.00)", Spread.OfRatios([2, 40, 9], [2, 20, 3]).ToString());
}
