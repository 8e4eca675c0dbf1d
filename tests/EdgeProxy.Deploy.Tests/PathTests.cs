using System.Net;
using System.Text.RegularExpressions;
using EdgeProxy.Host.Endpoints;
using EdgeProxy.Host.Testing;
using EdgeProxy.Testing;

namespace EdgeProxy.Deploy.Tests;

/// <summary>Every path that deployments probe, and that the pages for operators name, is one that a running proxy answers.</summary>
public sealed partial class PathTests : IAsyncLifetime
{
    private TestProxy _proxy = null!;

    // Paths of the Flagsmith API that the proxy requests.
    private static readonly string[] OfTheApi = ["/proxy/config", "/proxy/usage"];

    public async Task InitializeAsync() => _proxy = await TestProxy.ServeAsync(Repository.Read("examples/demo-environment.json"));

    public async Task DisposeAsync() => await _proxy.DisposeAsync();

    [Theory]
    [InlineData("readinessProbe", "/proxy/health/readiness")]
    [InlineData("livenessProbe", "/proxy/health/liveness")]
    public async Task Chart_Probe_Answered(string probe, string path)
    {
        var values = DeployFiles.Yaml($"{DeployFiles.Chart}/values.yaml");

        Assert.Equal(path, values.TextAt($"{probe}.httpGet.path"));
        Assert.Equal("http", values.TextAt($"{probe}.httpGet.port"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(path));
    }

    [Fact]
    public void Pages_PathsTheyName_AreEndpoints()
    {
        var pages = Directory.GetFiles(Repository.PathOf("docs"), "*.md").Append(Repository.PathOf("README.md"));
        var paths = pages.SelectMany(static page => ProxyPath().Matches(File.ReadAllText(page)).Select(static match => match.Value)).Distinct().ToList();

        Assert.True(paths.Count > 6, $"{paths.Count}");
        var known = EndpointTable.Definitions.SelectMany(static endpoint => endpoint.Aliases.Prepend(endpoint.Path)).Select(static path => path.TrimEnd('/')).Concat(OfTheApi).ToHashSet(StringComparer.Ordinal);
        Assert.All(paths, path => Assert.Contains(path.TrimEnd('/'), known));
    }

    private async Task<HttpStatusCode> AskAsync(string path)
    {
        using var response = await _proxy.SendAsync(HttpMethod.Get, path, "ser.demo");
        return response.StatusCode;
    }

    [GeneratedRegex("(?<=[ `])/(?:proxy|api/v1)/[a-z/-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProxyPath();
}
