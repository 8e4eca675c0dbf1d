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

    // Base URLs, and the paths that a base URL without its final slash leads to.
    private static readonly string[] OfBaseUrls = ["/api/v1", "/v1", "/api/v1flags", "/api/flags", "/flags"];

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

    [Fact]
    public void Pages_PathsInCode_AreEndpointsOrTheirBeginnings()
    {
        var pages = Directory.GetFiles(Repository.PathOf("docs"), "*.md").Concat(Directory.GetFiles(Repository.PathOf("docs/spec"), "*.md")).Append(Repository.PathOf("README.md"));
        var paths = pages.SelectMany(static page => CodePath().Matches(File.ReadAllText(page)).Select(static match => match.Groups["path"].Value.Trim())).Distinct().ToList();
        var known = EndpointTable.Definitions.SelectMany(static endpoint => endpoint.Aliases.Prepend(endpoint.Path)).Concat(OfTheApi).Concat(OfBaseUrls).ToList();

        Assert.True(paths.Count > 20, $"{paths.Count}");
        Assert.All(paths, path => Assert.True(known.Exists(pattern => IsPathOf(pattern, path) || (path.EndsWith('/') && pattern.StartsWith(path, StringComparison.Ordinal))), path));
    }

    private static bool IsPathOf(string pattern, string path)
    {
        var (expected, actual) = (pattern.Trim('/').Split('/'), path.Trim('/').Split('/'));
        return expected.Length == actual.Length && expected.Zip(actual).All(static pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }

    private async Task<HttpStatusCode> AskAsync(string path)
    {
        using var response = await _proxy.SendAsync(HttpMethod.Get, path, "ser.demo");
        return response.StatusCode;
    }

    [GeneratedRegex(@"`([A-Z]+(, [A-Z]+)* )?(?<path>/(proxy|api|ofrep|sse|metrics|health|v1)\b[^`?]*)[^`]*`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodePath();

    [GeneratedRegex("(?<=[ `])/(?:proxy|api/v1)/[a-z/-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProxyPath();
}
