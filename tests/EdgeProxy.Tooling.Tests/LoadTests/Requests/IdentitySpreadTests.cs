using EdgeProxy.LoadTests.Model.Requests;

namespace EdgeProxy.Tooling.Tests.LoadTests.Requests;

public sealed class IdentitySpreadTests
{
    private const int Population = 100_000;
    private const int Requests = 200_000;

    [Fact]
    public void RankAt_ManyRequests_FewIdentitiesMakeMostOfThemAndManyMakeOne()
    {
        var spread = new IdentitySpread(Population, seed: 1);

        var counts = Enumerable.Range(0, Requests).CountBy(number => spread.RankAt(number)).ToDictionary();

        // Harmonic numbers: the first of 100,000 makes 1 / 12.09 of all requests, the first thousand 7.49 / 12.09.
        Assert.InRange(counts[0] / (double)Requests, 0.078, 0.088);
        Assert.InRange(counts.Where(static pair => pair.Key < Population / 100).Sum(static pair => pair.Value) / (double)Requests, 0.60, 0.64);
        Assert.InRange(counts[1] / (double)counts[0], 0.47, 0.53);
        Assert.True(counts.Count(static pair => pair.Value == 1) > 10_000);
        Assert.All(counts.Keys, static rank => Assert.InRange(rank, 0, Population - 1));
    }

    [Fact]
    public void RankAt_SameSeed_SameIdentities()
    {
        var ranks = Ranks(new IdentitySpread(Population, seed: 1));

        Assert.Equal(ranks, Ranks(new IdentitySpread(Population, seed: 1)));
        Assert.NotEqual(ranks, Ranks(new IdentitySpread(Population, seed: 2)));

        static int[] Ranks(IdentitySpread spread) => [.. Enumerable.Range(0, 1000).Select(number => spread.RankAt(number))];
    }

    [Fact]
    public void RankAt_PopulationOfOne_IsAlwaysThatOne()
    {
        var spread = new IdentitySpread(1, seed: 1);

        Assert.All(Enumerable.Range(0, 100), number => Assert.Equal(0, spread.RankAt(number)));
    }

    [Fact]
    public void Population_None_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(static () => new IdentitySpread(0, seed: 1));
}
