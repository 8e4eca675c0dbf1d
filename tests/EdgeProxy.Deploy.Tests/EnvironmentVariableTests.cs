using System.Text.RegularExpressions;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Server;
using EdgeProxy.Testing;
using YamlDotNet.RepresentationModel;

namespace EdgeProxy.Deploy.Tests;

/// <summary>Every environment variable that deployments set or speak of is one that the program reads.</summary>
public sealed partial class EnvironmentVariableTests
{
    private static readonly HashSet<string> Known =
    [
        SettingsSources.PathVariable,
        .. ProxySettings.Catalog.Names.Select(static name => name.Replace('.', '_').ToUpperInvariant()),
        .. ProxySettings.Catalog.Names.Select(static name => name.Split('.')[0].ToUpperInvariant()),
    ];

    [Fact]
    public void Compose_Variables_AreSettings()
    {
        var variables = Assert.IsType<YamlMappingNode>(DeployFiles.Yaml(DeployFiles.Compose).At("services.edge-proxy.environment"));

        Assert.All(variables.Children.Keys, static name => Assert.Contains(name.ToString(), Known));
    }

    [Fact]
    public void ServiceUnit_Variables_AreSettings()
    {
        var variables = ServiceUnitTests.Values("Environment");

        Assert.NotEmpty(variables);
        Assert.All(variables, static variable => Assert.Contains(variable.Split('=')[0], Known));
    }

    [Fact]
    public void Image_SetsNone()
    {
        // They would be stronger than the config.json that is mounted.
        Assert.DoesNotContain(Repository.Read(DeployFiles.Dockerfile).Split('\n'), static line => line.StartsWith("ENV ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DeployFiles.Deployment)]
    [InlineData(DeployFiles.Chart + "/values.yaml")]
    [InlineData("deploy/try")]
    [InlineData("docs/operating.md")]
    [InlineData("docs/migrating.md")]
    public void Text_NamesThatLookLikeSettings_AreSettings(string path)
    {
        var names = VariableName().Matches(Repository.Read(path)).Select(static match => match.Value).ToList();

        Assert.NotEmpty(names);
        Assert.All(names, static name => Assert.Contains(name, Known));
    }

    // What starts as a group of settings does, and the names that the files use.
    [GeneratedRegex("\\b(?:HEALTH_CHECK|(?:SERVER|LOGGING|HEALTH_CHECK|SNAPSHOT|CONFIG|API|LIMITS|ENDPOINT|ENVIRONMENT|ALLOW|PROXY|REALTIME|METRICS|OPERATORS|FLEET|ANALYTICS|EVENTS|UPSTREAM|WEB|RUST|TOKIO)_[A-Z_]+)\\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VariableName();
}
