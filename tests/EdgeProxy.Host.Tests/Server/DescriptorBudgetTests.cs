using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Tests.Server;

public sealed class DescriptorBudgetTests
{
    [Theory]
    [InlineData(20_000, 100, 10_000, 10_000)] // plenty
    [InlineData(1024, 100, 10_000, 668)] // a quarter stays free besides what is open
    [InlineData(1024, 100, 50, 50)]
    [InlineData(256, 135, 10_000, 25)] // the least that it starts with
    [InlineData(256, 250, 10_000, 1)] // never none
    public void Divide_Limit_ConnectionsFitBesideWhatIsReserved(long limit, int open, int configured, int allowed)
    {
        var budget = DescriptorBudget.Divide(limit, open, configured);

        Assert.Equal(allowed, budget.MaxConnections);
        Assert.True(allowed == 1 || budget.Reserved + allowed <= limit);
    }

    [Fact]
    public void Divide_NoLimit_AsConfigured() => Assert.Equal(10_000, DescriptorBudget.Divide(limit: null, open: 0, maxConnections: 10_000).MaxConnections);

    [Fact]
    public void LimitFor_Lowered_ThatLimitIsEnough()
    {
        var needed = DescriptorBudget.Divide(1024, 100, 10_000).LimitFor(10_000);

        Assert.Equal(10_000, DescriptorBudget.Divide(needed, 100, 10_000).MaxConnections);
    }
}
