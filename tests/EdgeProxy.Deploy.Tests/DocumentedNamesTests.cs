using System.Text.RegularExpressions;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Operations.Exposition;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Deploy.Tests;

/// <summary>Settings and metrics that pages name, in backticks, are those of the program.</summary>
public sealed partial class DocumentedNamesTests
{
    private static readonly string[] Groups =
        [.. ProxySettings.Catalog.Names.Where(static name => name.Contains('.', StringComparison.Ordinal)).Select(static name => name.Split('.')[0]).Distinct(StringComparer.Ordinal)];

    public static TheoryData<string> Pages =>
    [
        "README.md", "SECURITY.md", "CHANGELOG.md", "deploy/helm/edge-proxy/values.yaml", "deploy/helm/edge-proxy/templates/NOTES.txt",
        .. Directory.GetFiles(Repository.PathOf("docs"), "*.md").Select(static file => $"docs/{Path.GetFileName(file)}"),
        .. Directory.GetFiles(Repository.PathOf("docs/spec"), "*.md").Select(static file => $"docs/spec/{Path.GetFileName(file)}"),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_Settings_AreThoseOfTheProgram(string page)
    {
        var named = Setting().Matches(Repository.Read(page)).Select(static match => match.Groups["name"].Value).Where(static name => Groups.Contains(name.Split('.')[0]));

        Assert.All(named, static name => Assert.True(ProxySettings.Catalog.IsKnown(name), name));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_Metrics_AreThoseOfTheProgram(string page)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());
        var known = proxy.Services.GetRequiredService<MetricCatalog>().All.Select(static family => family.Name).ToHashSet(StringComparer.Ordinal);

        var named = Metric().Matches(Repository.Read(page)).Select(static match => Suffix().Replace(match.Value, "")).Distinct(StringComparer.Ordinal);

        Assert.All(named, name => Assert.Contains(name, known));
    }

    [Fact]
    public void Pages_Operators_NameSettingsAndMetrics()
    {
        var text = Repository.Read("docs/operating.md");

        Assert.True(Setting().Count(text) > 10);
        Assert.True(Metric().Count(text) > 5);
    }

    [GeneratedRegex(@"`(?<name>[a-z_]+(?:\.[a-z_]+)+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Setting();

    [GeneratedRegex(@"\bedgeproxy_[a-z_]+[a-z]\b(?!\*)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metric();

    [GeneratedRegex("(?<=edgeproxy_(?:request_duration|compile)_seconds)_(?:sum|count|bucket)$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Suffix();
}
