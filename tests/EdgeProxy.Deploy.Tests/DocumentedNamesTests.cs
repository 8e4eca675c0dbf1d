using System.Text.RegularExpressions;
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

    // Of the SDKs, Docker Compose, Prometheus and OpenTelemetry.
    private static readonly string[] NamesOfOthers =
        ["base_url", "events_api_url", "parentbased_traceidratio", "realtime_api_url", "rule_files", "runbook_url", "stop_grace_period"];

    private static readonly HashSet<string> WordsOfTheProgram =
    [
        .. Directory.GetFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(static file => Word().Matches(File.ReadAllText(file)))
            .Select(static match => match.Value),
    ];

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

    /// <summary>Settings without a group, members of answers and of log entries, labels, outcomes.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_NamesInSnakeCase_AreInTheProgram(string page)
    {
        var named = SnakeCase().Matches(Repository.Read(page)).Select(static match => match.Groups["name"].Value)
            .Where(static name => !name.StartsWith("edgeproxy_", StringComparison.Ordinal) && !NamesOfOthers.Contains(name));

        Assert.All(named, static name => Assert.True(WordsOfTheProgram.Contains(name) || ProxySettings.Catalog.IsKnown(name), name));
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

    [GeneratedRegex("`(?<name>[a-z]+(?:_[a-z]+)+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SnakeCase();

    [GeneratedRegex("[a-z]+(?:_[a-z]+)+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\bedgeproxy_[a-z_]+[a-z]\b(?!\*)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metric();

    [GeneratedRegex("(?<=edgeproxy_(?:request_duration|compile)_seconds)_(?:sum|count|bucket)$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Suffix();
}
