using System.Net;
using System.Text.RegularExpressions;
using EdgeProxy.Host.Testing;
using EdgeProxy.Testing;

namespace EdgeProxy.Deploy.Tests;

/// <summary>Every path that deployments probe, and that the pages for operators name, is one that a running proxy answers.</summary>
public sealed partial class PathTests : IAsyncLifetime
{
    private TestProxy _proxy = null!;

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
    public async Task Pages_PathsTheyName_Known()
    {
        var pages = Directory.GetFiles(Repository.PathOf("docs"), "*.md").Append(Repository.PathOf("README.md"));
        var paths = pages.SelectMany(static page => ProxyPath().Matches(File.ReadAllText(page)).Select(static match => match.Value)).Distinct().ToList();

        Assert.True(paths.Count > 6, $"{paths.Count}");
        foreach (var path in paths)
        {
            Assert.True(await AskAsync(path) != HttpStatusCode.NotFound, path);
        }
    }

    private async Task<HttpStatusCode> AskAsync(string path)
    {
        using var response = await _proxy.SendAsync(HttpMethod.Get, path, "ser.demo");
        return response.StatusCode;
    }

    [GeneratedRegex("(?<=[ `])/(?:proxy|api/v1)/[a-z/-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProxyPath();
}
