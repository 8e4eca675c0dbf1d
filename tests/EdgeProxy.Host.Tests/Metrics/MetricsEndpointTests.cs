using System.IO.Compression;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Host.Tests.Metrics;

public sealed class MetricsEndpointTests
{
    [Fact]
    public async Task Metrics_OfARunningProxy_WellFormedAndOfItself()
    {
        await using var proxy = await StartAsync(new MetricsOptions());
        var exposed = await Exposition.OfAsync(proxy);

        Assert.Equal(1, exposed.Sum("edgeproxy_ready"));
        Assert.Equal(0, exposed.Sum("edgeproxy_shed_requests_total"));
        Assert.Matches(@"^\d+\.\d+\.\d+", Assert.Single(exposed.Find("edgeproxy_build_info")).Labels["version"]);
        Assert.InRange(exposed.Sum("edgeproxy_connections"), 1, 8);
        Assert.InRange(exposed.Sum("process_resident_memory_bytes"), 1e6, 1e12);
        Assert.InRange(exposed.Sum("process_threads"), 1, 1e5);
        Assert.InRange(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - exposed.Sum("process_start_time_seconds"), 0, 24 * 3600);
        Assert.Equal(3, exposed.Find("dotnet_gc_collections_total").Count());
        Assert.True(exposed.Sum("dotnet_gc_allocated_bytes_total") > 0);
        Assert.True(exposed.Sum("process_cpu_seconds_total") > 0);
        Assert.True(exposed.Sum("dotnet_thread_pool_work_items_total") > 0);
        Assert.Single(exposed.Find("dotnet_monitor_lock_contentions_total"));
        Assert.Single(exposed.Find("dotnet_thread_pool_queue_length"));
        Assert.All(exposed.Types, static type => Assert.Equal(type.Value == "counter", type.Key.EndsWith("_total", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Metrics_RequestsShed_Counted()
    {
        await using var proxy = await StartAsync(new MetricsOptions());
        proxy.Services.GetRequiredService<ServerMetrics>().RequestsShed();
        proxy.Services.GetRequiredService<ServerMetrics>().RequestsShed();

        Assert.Equal(2, (await Exposition.OfAsync(proxy)).Sum("edgeproxy_shed_requests_total"));
    }

    [Fact]
    public async Task Metrics_Connections_GoUpAndDown()
    {
        await using var proxy = await StartAsync(new MetricsOptions());
        var before = (await Exposition.OfAsync(proxy)).Sum("edgeproxy_connections");
        await using (var connection = await RawConnection.OpenAsync(proxy.Address))
        {
            Assert.Equal(200, (await connection.GetAsync("/proxy/health/liveness", "")).Status);
            Assert.Equal(before + 1, (await Exposition.OfAsync(proxy)).Sum("edgeproxy_connections"));
        }

        await Patience.UntilAsync(async () => (await Exposition.OfAsync(proxy)).Sum("edgeproxy_connections") == before, "the connection to be gone");
    }

    [Fact]
    public async Task Metrics_AskedForCompressed_TheSameCompressed()
    {
        await using var proxy = await StartAsync(new MetricsOptions());
        using var response = await proxy.SendAsync(HttpMethod.Get, "/metrics", null, null, ("Accept-Encoding", "gzip"));

        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        await using var plain = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(plain);
        Assert.NotEmpty(Exposition.Parse(await reader.ReadToEndAsync()).Samples);
    }

    [Fact]
    public async Task Port_OfTheirOwn_MetricsAndHealthThereAndNothingElse()
    {
        await using var proxy = await StartAsync(new MetricsOptions { Port = 0 });
        Assert.NotEqual(proxy.Address, proxy.LastAddress);
        using var client = new HttpClient { BaseAddress = proxy.LastAddress };
        client.DefaultRequestHeaders.Add("X-Environment-Key", "demo");

        foreach (var path in new[] { "/metrics", "/metrics/", "/health", "/proxy/health", "/proxy/health/readiness", "/proxy/health/liveness" })
        {
            Assert.Equal(200, (int)(await client.GetAsync(path)).StatusCode);
        }

        foreach (var path in new[] { "/api/v1/flags/", "/api/v1/identities/?identifier=x", "/api/v1/environment-document/", "/proxy/environments", "/" })
        {
            Assert.Equal(404, (int)(await client.GetAsync(path)).StatusCode);
        }

        Assert.Equal(404, await StatusAsync(proxy, "/metrics"));
        Assert.Equal(200, await StatusAsync(proxy, "/api/v1/flags/"));
        Assert.Equal(200, await StatusAsync(proxy, "/health"));
        Assert.NotEmpty(Exposition.Parse(await client.GetStringAsync("/metrics")).Find("edgeproxy_requests_total", ("endpoint", "flags"), ("status", "200")));
    }

    [Fact]
    public async Task Metrics_SwitchedOff_NotThere()
    {
        await using var proxy = await StartAsync(new MetricsOptions { Enabled = false, Port = 0 });

        Assert.Equal(404, await StatusAsync(proxy, "/metrics"));
        Assert.Equal(proxy.Address, proxy.LastAddress);
    }

    [Theory]
    [InlineData("""{"metrics":{"port":8000}}""", "metrics.port")]
    [InlineData("""{"metrics":{"port":9000},"server":{"port":9000}}""", "metrics.port")]
    [InlineData("""{"metrics":{"enabled":"perhaps"}}""", "metrics.enabled")]
    [InlineData("""{"metrics":{"port":9000,"enabled":"FALSE"}}""", null)]
    [InlineData("""{"metrics":{"port":0},"server":{"port":0}}""", null)]
    public void Settings_Bound_OrAProblemAtTheirPath(string json, string? problem)
    {
        var sources = new SettingsSources(ProxySettings.Catalog);
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject())
        {
            sources.Set(name, value?.DeepClone());
        }

        var problems = ProxySettings.Bind(sources, demo: true).Problems;

        Assert.Equal(problem is null ? [] : [problem], problems.Select(static found => found.Path));
    }

    private static async Task<TestProxy> StartAsync(MetricsOptions metrics)
    {
        var proxy = await TestProxy.StartAsync(new ProxyOptions { Demo = true, Metrics = metrics });
        await proxy.WaitUntilLoadedAsync();
        return proxy;
    }

    private static async Task<int> StatusAsync(TestProxy proxy, string path)
    {
        using var response = await proxy.SendAsync(HttpMethod.Get, path, "demo");
        return (int)response.StatusCode;
    }
}
