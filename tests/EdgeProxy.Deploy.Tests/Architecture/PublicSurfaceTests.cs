using EdgeProxy.Engine.Model;

namespace EdgeProxy.Deploy.Tests.Architecture;

/// <summary>The Engine's public types: the entry points, and what goes in and comes out. Everything else may change at any time.</summary>
public sealed class PublicSurfaceTests
{
    [Fact]
    public void PublicTypes_OfTheEngine_InTwoNamespaces()
    {
        var namespaces = typeof(EnvironmentModel).Assembly.GetExportedTypes().Select(static type => type.Namespace).Distinct();

        Assert.Equal(["EdgeProxy.Engine", "EdgeProxy.Engine.Model"], namespaces.Order(StringComparer.Ordinal));
    }
}
