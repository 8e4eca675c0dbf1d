using EdgeProxy.Comparison.Scenarios;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Tooling.Tests.Comparison;

public sealed class EndpointMixTests
{
    private static readonly ClientProtocol[] Protocols = [new() { HasTls = true }, new() { IsHttp2 = true, Streams = 100 }];

    [Fact]
    public void Over_NoText_OneOfEachKindOverEachProtocol()
    {
        var scenarios = EndpointMix.Over(Protocols, "").ToList();

        Assert.Equal(4 * Protocols.Length, scenarios.Count);
        Assert.Equal(Protocols, scenarios.Take(Protocols.Length).Select(static scenario => scenario.Question.Protocol));
        Assert.All(scenarios, static scenario => Assert.True(scenario is { Other: null, Target: 1.1 }));
    }

    [Fact]
    public void Over_Slash_EveryScenarioWithTheBareServer() => Assert.Equal(
        EndpointMix.All.Where(static scenario => scenario.Other is null).Select(static scenario => scenario.Name),
        EndpointMix.Over([Protocols[0]], "/").Select(static scenario => scenario.Name));

    [Fact]
    public void Alone_NoText_OneOfEachKindWithAndWithoutCompression()
    {
        var scenarios = EndpointMix.Alone("").ToList();

        Assert.Equal(4, scenarios.Count(static scenario => scenario.Question.AcceptsGzip));
        Assert.Equal(4, scenarios.Count(static scenario => !scenario.Question.AcceptsGzip));
    }
}
