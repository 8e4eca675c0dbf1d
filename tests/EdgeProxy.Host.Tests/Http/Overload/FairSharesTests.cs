using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http.Overload;

namespace EdgeProxy.Host.Tests.Http.Overload;

/// <summary>Fairness of rejections among clients.</summary>
public sealed class FairSharesTests
{
    private readonly FairShares _shares = new();

    [Theory]
    [InlineData(512, new[] { 100, 900 }, new[] { 1.0, 0.44 })]
    [InlineData(512, new[] { 500, 500 }, new[] { 0.5, 0.5 })]
    [InlineData(512, new[] { 1000 }, new[] { 0.5 })]
    [InlineData(256, new[] { 10, 10, 10, 970 }, new[] { 1.0, 1, 1, 0.23 })]
    [InlineData(256, new[] { 400, 600 }, new[] { 0.31, 0.21 })]
    [InlineData(1024, new[] { 400, 600 }, new[] { 1.0, 1 })]
    [InlineData(512, new[] { 0, 1000 }, new[] { 1.0, 0.5 })]
    public void Update_Demands_WhoAsksForLessThanItsShareIsNotRefused(int share, int[] demands, double[] expected)
    {
        EnvironmentState[] environments = [.. demands.Select(static (_, i) => new EnvironmentState($"client {i}", $"ser.{i}", EnvironmentKind.Configured))];
        for (var look = 0; look < 100; look++)
        {
            for (var i = 0; i < demands.Length; i++)
            {
                // Time is taken by what is let in.
                var taken = environments[i].Load.Share == EnvironmentLoad.Unknown ? EnvironmentLoad.All : environments[i].Load.Share;
                environments[i].Load.Add(demands[i] * 1000L * taken / EnvironmentLoad.All);
            }

            _shares.Update(environments, share);
        }

        for (var i = 0; i < demands.Length; i++)
        {
            Assert.Equal(expected[i], (double)environments[i].Load.Share / EnvironmentLoad.All, 0.01);
        }

        FairShares.Reset(environments);
        Assert.All(environments, static environment => Assert.Equal(EnvironmentLoad.Unknown, environment.Load.Share));
    }
}
