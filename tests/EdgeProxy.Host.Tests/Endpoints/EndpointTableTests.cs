using EdgeProxy.Host.Endpoints;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Tests.Endpoints;

public sealed class EndpointTableTests
{
    [Fact]
    public void Definitions_NamesPathsAndNumbers_AreUnique()
    {
        var definitions = EndpointTable.Definitions.ToList();

        Assert.True(definitions.Count >= 7);
        Assert.Distinct(definitions.Select(static definition => definition.Name));
        Assert.Distinct(definitions.SelectMany(static definition => definition.Aliases.Prepend(definition.Path).Select(static path => path.TrimEnd('/'))));
        Assert.Distinct(definitions.Select(static definition => definition.Label.Number));
        Assert.All(definitions, static definition => Assert.InRange(definition.Label.Number, 0, EndpointLabel.Limit - 1));
        Assert.All(definitions, static definition => Assert.StartsWith("/", definition.Path, StringComparison.Ordinal));
    }
}
