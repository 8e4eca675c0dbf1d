using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Endpoints;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Upstream.Streams;
using YamlDotNet.RepresentationModel;

namespace EdgeProxy.Deploy.Tests;

/// <summary>The compose file for real time: Flagsmith announces to the hub what the hub announces to the followers.</summary>
public sealed class RealtimeComposeTests
{
    private static readonly YamlMappingNode Compose = DeployFiles.Yaml(DeployFiles.RealtimeCompose);

    [Theory]
    [InlineData("hub")]
    [InlineData("follower")]
    public void Variables_OfEdgeProxy_AreSettings(string service)
    {
        HashSet<string> known = [.. ProxySettings.Catalog.Names.Select(static name => name.Replace('.', '_').ToUpperInvariant())];
        var variables = Assert.IsType<YamlMappingNode>(Compose.At($"services.{service}.environment"));

        Assert.All(variables.Children.Keys, name => Assert.Contains(name.ToString(), known));
    }

    [Fact]
    public void Flagsmith_Announces_ToTheHubWithItsToken()
    {
        var address = $"http://hub:{new ServerOptions().Port}";

        Assert.Equal(address, Compose.TextAt("x-flagsmith.SSE_SERVER_BASE_URL"));
        Assert.StartsWith("${REALTIME_TOKEN:?", Compose.TextAt("x-flagsmith.SSE_AUTHENTICATION_TOKEN"), StringComparison.Ordinal);
        Assert.Equal("${REALTIME_TOKEN}", Compose.TextAt($"services.hub.environment.{VariableOf(RealtimeOptions.Settings.Settings, "realtime.token")}"));
        Assert.Equal(address, Compose.TextAt($"services.follower.environment.{VariableOf(UpstreamStreamOptions.Settings.Settings, "realtime.url")}"));
    }

    [Theory]
    [InlineData("flagsmith")]
    [InlineData("flagsmith-processor")]
    public void Flagsmith_EachOfItsServices_HasTheSettings(string service) =>
        Assert.Same(Compose.At("x-flagsmith"), Compose.At($"services.{service}.environment.<<"));

    [Fact]
    public void Followers_Three_HavePortsOfTheirOwn()
    {
        Assert.Equal("3", Compose.TextAt("services.follower.deploy.replicas"));
        Assert.Equal($"8001-8003:{new ServerOptions().Port}", Compose.TextAt("services.follower.ports.0"));
    }

    private static string VariableOf(IEnumerable<Setting> settings, string name) =>
        Assert.Single(settings, setting => setting.Name == name).Name.Replace('.', '_').ToUpperInvariant();
}
