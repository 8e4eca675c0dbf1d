using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Operations.Exposition;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Fleet;
using EdgeProxy.Host.Tests.Http.Tls;
using EdgeProxy.Host.Tests.Upstream;
using EdgeProxy.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Host.Tests.Metrics;

/// <summary>docs/metrics.md, the dashboard, the alert rules and what a running proxy exposes cannot drift apart.</summary>
/// <remarks>With EDGE_PROXY_UPDATE_REFERENCE=1 the table is written anew instead of compared.</remarks>
public sealed partial class MetricsReferenceTests
{
    private const string Page = "docs/metrics.md";
    private const string Alerts = "deploy/prometheus/alerts.yaml";
    private const string Dashboard = "deploy/grafana/edge-proxy.json";

    [Fact]
    public async Task Page_Table_AsTheCatalogHasIt()
    {
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions { Demo = true });
        var table = MetricReference.Table(proxy.Services.GetRequiredService<MetricCatalog>().All);
        var page = Repository.Read(Page);
        const string Start = "<!-- metrics -->\n";
        var from = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var to = page.IndexOf("<!-- end -->", from, StringComparison.Ordinal);
        Assert.True(from >= Start.Length && to >= from, "no table");
        if (Environment.GetEnvironmentVariable("EDGE_PROXY_UPDATE_REFERENCE") == "1")
        {
            File.WriteAllText(Repository.PathOf(Page), page[..from] + table + page[to..]);
            return;
        }

        Assert.Equal(table, page[from..to]);
    }

    [Theory]
    [InlineData(Alerts)]
    [InlineData(Dashboard)]
    public async Task Queries_EveryMetricTheyName_ExposedByARunningProxy(string file)
    {
        await using var polled = await PolledProxy.StartAsync();
        await polled.PlainAsync();
        await polled.Proxy.PostIdentityAsync("env", """{"identifier":"x"}""");
        await Patience.UntilAsync(
            async () => (await Exposition.OfAsync(polled.Proxy)).Sum("edgeproxy_request_duration_seconds_count", ("endpoint", "identities")) == 1, "the request to be counted");
        using var certificate = new CertificateFiles();
        certificate.Write(TestCertificate.Create());
        await using var secure = await TestProxy.StartAsync(new ProxyOptions
        {
            Demo = true,
            Tls = certificate.Options,
            Metrics = new MetricsOptions { Port = 0 },
        });
        await using var fleet = await FleetFixture.StartAsync();
        var member = await fleet.StartMemberAsync();
        var exposed = (await Exposition.OfAsync(polled.Proxy)).Samples
            .Concat((await Exposition.OfAsync(secure, secure.LastAddress)).Samples)
            .Concat((await Exposition.OfAsync(member)).Samples);
        string[] named = [.. Queries(file).SelectMany(static query => MetricName().Matches(Text().Replace(query, "\"\""))).Select(static name => name.Value).Distinct()];

        Assert.InRange(named.Length, 10, 100);
        Assert.Empty(named.Except(exposed.Select(static sample => sample.Name)));
    }

    [Theory]
    [InlineData(Alerts)]
    [InlineData(Dashboard)]
    public async Task Queries_EveryLabelTheySelectBy_OneThatTheMetricHas(string file)
    {
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions { Demo = true });
        var families = proxy.Services.GetRequiredService<MetricCatalog>().All;
        var selectors = Queries(file).SelectMany(static query => Selector().Matches(query)).ToList();

        Assert.NotEmpty(selectors);
        foreach (var selector in selectors)
        {
            var family = families.Single(family => selector.Groups["name"].Value == family.Name
                || (family.Kind is MetricKind.Histogram or MetricKind.Summary && Suffix().Replace(selector.Groups["name"].Value, "") == family.Name));
            Assert.Subset(
                new HashSet<string>([.. family.Labels, "instance", "job", "namespace"]),
                Text().Replace(selector.Groups["labels"].Value, "").Split(',').Select(static label => label.TrimEnd('=', '~', '!')).ToHashSet());
        }
    }

    [Fact]
    public void Alerts_EachOfThem_InThePage()
    {
        var page = Repository.Read(Page);
        string[] alerts = [.. Alert().Matches(Repository.Read(Alerts)).Select(static alert => alert.Value)];

        Assert.NotEmpty(alerts);
        Assert.All(alerts, alert => Assert.Contains($"| `{alert}` |", page, StringComparison.Ordinal));
        Assert.Equal(alerts.Length, AlertRow().Count(page));
    }

    [Fact]
    public void Alerts_EachOfThem_HasARunbookThatLeadsToItsRow()
    {
        var page = Repository.Read(Page);
        foreach (var alert in Repository.Read(Alerts).Split("- alert: ").Skip(1))
        {
            var anchor = alert[..alert.IndexOf('\n', StringComparison.Ordinal)].ToLowerInvariant();
            Assert.Contains($"runbook_url: {Page}#{anchor}\n", alert, StringComparison.Ordinal);
            Assert.Contains($"<a id=\"{anchor}\"></a>", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Alerts_OfTheChart_AreTheSame() => Assert.Equal(Repository.Read(Alerts), Repository.Read("deploy/helm/edge-proxy/files/alerts.yaml"));

    [Fact]
    public void Dashboard_EveryQuery_SelectsByJobNamespaceAndInstance()
    {
        var queries = JsonNode.Parse(Repository.Read(Dashboard))!["panels"]!.AsArray().SelectMany(static panel => panel!["targets"]?.AsArray() ?? []).Select(static target => (string)target!["expr"]!);

        Assert.All(queries, static query => Assert.Contains("job=~\"$job\",namespace=~\"$namespace\",instance=~\"$instance\"", query, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Dashboard, "edgeproxy_document_age_seconds")] // freshness
    [InlineData(Dashboard, "edgeproxy_change_delay_seconds_bucket")] // propagation
    [InlineData(Dashboard, "edgeproxy_shed_requests_total")]
    [InlineData(Dashboard, "edgeproxy_streams")]
    [InlineData(Dashboard, "edgeproxy_fleet_store_available")]
    [InlineData(Dashboard, "edgeproxy_fleet_skew_seconds")]
    [InlineData(Alerts, "up == 0")]
    [InlineData(Alerts, "absent(edgeproxy_build_info)")]
    public void Queries_OfWhatAnOperatorNeeds_AreThere(string file, string part) =>
        Assert.Contains(Queries(file), query => query.Contains(part, StringComparison.Ordinal));

    [Fact]
    public void Dashboard_EveryPanel_HasAPlaceAndAQuery()
    {
        var dashboard = JsonNode.Parse(Repository.Read(Dashboard))!;
        var panels = dashboard["panels"]!.AsArray();

        Assert.Equal("edge-proxy", (string?)dashboard["uid"]);
        Assert.Equal(panels.Count, panels.Select(static panel => (int)panel!["id"]!).Distinct().Count());
        Assert.Equal(["datasource", "environment", "instance", "job", "namespace"], dashboard["templating"]!["list"]!.AsArray().Select(static variable => (string)variable!["name"]!).Order(StringComparer.Ordinal));
        Assert.All(panels, static panel => Assert.InRange((int)panel!["gridPos"]!["x"]! + (int)panel["gridPos"]!["w"]!, 1, 24));
        Assert.All(panels.Where(static panel => (string?)panel!["type"] != "row"), static panel => Assert.NotEmpty(panel!["targets"]!.AsArray()));
    }

    /// <summary>The PromQL expressions.</summary>
    private static IEnumerable<string> Queries(string file) => file == Alerts
        ? Repository.Read(Alerts).Split("- alert: ").Skip(1).Select(static alert => alert[alert.IndexOf("expr:", StringComparison.Ordinal)..alert.IndexOf("labels:", StringComparison.Ordinal)])
        : JsonNode.Parse(Repository.Read(Dashboard))!["panels"]!.AsArray()
            .SelectMany(static panel => panel!["targets"]?.AsArray() ?? [])
            .Select(static target => (string)target!["expr"]!)
            .Concat(JsonNode.Parse(Repository.Read(Dashboard))!["templating"]!["list"]!.AsArray().Select(static variable => (string?)(variable!["query"] as JsonObject)?["query"]).OfType<string>());

    // All metrics have one of these in front, and no function and no label has.
    [GeneratedRegex(@"\b(edgeproxy|process|dotnet)_[a-z0-9_]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MetricName();

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Text();

    [GeneratedRegex(@"\b(?<name>[a-z_]+)\{(?<labels>[^}]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Selector();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Suffix();

    [GeneratedRegex(@"(?<=- alert: )\w+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Alert();

    [GeneratedRegex(@"^\| `EdgeProxy\w+` \|", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AlertRow();
}
