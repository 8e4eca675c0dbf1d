using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Tests.Server;

public sealed class ConnectionFairnessTests
{
    private const int First = -1;
    private const int Second = -2;

    [Fact]
    public void AreUp_OneConnectionAlone_NowAndThen()
    {
        var answers = Enumerable.Range(0, 10_000).Select(static _ => ConnectionFairness.ShouldYield(First)).ToList();

        Assert.InRange(answers.Count(static isUp => isUp), 10, 40);
        Assert.All(answers.Take(100), Assert.False);
    }

    [Fact]
    public void AreUp_ConnectionsInTurn_Never() =>
        Assert.All(Enumerable.Range(0, 10_000), static request => Assert.False(ConnectionFairness.ShouldYield(request % 2 == 0 ? First : Second)));
}
