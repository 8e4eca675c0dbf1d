using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeProxy.Testing;

namespace EdgeProxy.Deploy.Tests;

/// <summary>The configuration of Renovate: pin images and actions, and update every kind of dependency.</summary>
public sealed class RenovateTests
{
    private static readonly JsonNode Configuration = JsonNode.Parse(Repository.Read("renovate.json"))!;

    [Theory]
    [InlineData("docker:pinDigests")]
    [InlineData("helpers:pinGitHubActionDigests")]
    public void Extends_Presets_PinByDigest(string preset) =>
        Assert.Contains(Configuration["extends"]!.AsArray(), extended => extended!.GetValue<string>() == preset);

    [Theory]
    [InlineData("nuget", "Directory.Packages.props")]
    [InlineData("npm", "tests/sdks/package.json")]
    [InlineData("dockerfile", "Dockerfile")]
    [InlineData("docker-compose", "compose.yaml")]
    [InlineData("github-actions", ".github/workflows/ci.yml")]
    public void Managers_OfFilesThatAreThere_AreEnabled(string manager, string file)
    {
        Assert.True(File.Exists(Repository.PathOf(file)), file);
        Assert.Contains(Configuration["enabledManagers"]!.AsArray(), enabled => enabled!.GetValue<string>() == manager);
    }

    [Fact]
    public void AllowedVersions_OfBaseImages_AreThoseOfTheDockerfile()
    {
        var allowed = Configuration["packageRules"]!.AsArray().Single(static rule => rule!["allowedVersions"] is not null)!["allowedVersions"]!.GetValue<string>();
        var tags = Repository.Read(DeployFiles.Dockerfile).Split('\n')
            .Where(static line => line.StartsWith("FROM ", StringComparison.Ordinal))
            .Select(static line => line.Split(' ').Single(static word => word.StartsWith("mcr.microsoft.com/dotnet/", StringComparison.Ordinal)).Split(':')[1]);

        Assert.All(tags, tag => Assert.Matches(new Regex(allowed.Trim('/'), RegexOptions.None, TimeSpan.FromSeconds(1)), tag));
    }
}
