using EdgeProxy.LoadTests.Model.Requests;

namespace EdgeProxy.Tooling.Tests.LoadTests.Requests;

public sealed class LoadIdentityTests
{
    private static readonly LoadIdentity[] First = [.. Enumerable.Range(0, 10_000).Select(LoadIdentity.OfRank)];

    [Fact]
    public void OfRank_SameRank_SameIdentityWithTheSameTraits()
    {
        Assert.Equal(First[4711].Identifier, LoadIdentity.OfRank(4711).Identifier);
        Assert.Equal(First[4711].Traits, LoadIdentity.OfRank(4711).Traits);
    }

    [Fact]
    public void OfRank_ManyRanks_HaveNoTraitsEverydayOnesOrThoseOfSegments()
    {
        Assert.InRange(First.Count(static identity => identity.Traits.Count == 0), 2_800, 3_200);
        Assert.InRange(First.Count(static identity => identity.Traits.Any(static trait => trait.Key == "plan")), 3_800, 4_200);
        Assert.InRange(First.Count(static identity => identity.Traits.Count == 14), 2_800, 3_200);
        Assert.True(First.SelectMany(static identity => identity.Traits).Distinct().Count() > 80);
    }

    [Fact]
    public void OfRank_OneInTwenty_HasAnOverrideAndNoOtherDoes()
    {
        var overridden = First.Where(static identity => identity.Identifier.StartsWith("override-", StringComparison.Ordinal)).ToList();

        Assert.Equal(First.Length / 20, overridden.Count);
        Assert.Equal(9_500, First.Where(static identity => identity.Identifier.StartsWith("user-", StringComparison.Ordinal)).Distinct().Count());
        Assert.All(overridden, static identity => Assert.InRange(int.Parse(identity.Identifier["override-".Length..]), 0, LoadEnvironment.Shape.IdentityOverrides - 1));
    }
}
