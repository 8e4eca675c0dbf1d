using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;

namespace EdgeProxy.Host.Tests.Operations;

/// <summary>Proxies of which only the health is of interest.</summary>
internal static class HealthFixture
{
    /// <summary>A document of an environment that has another name than key.</summary>
    public static byte[] Document(string key)
    {
        var document = Documents.Small(key);
        document["name"] = $"Test {key}";
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    /// <summary>Starts a proxy with environments and a grace period in seconds.</summary>
    public static Task<TestProxy> StartAsync(FakeUpstream upstream, TimeProvider time, int? grace, params string[] keys) => StartAsync(
        upstream, time, new HealthCheckOptions { EnvironmentUpdateGracePeriod = grace is { } seconds ? TimeSpan.FromSeconds(seconds) : null }, keys);

    /// <summary>Starts a proxy that requires some of its environments.</summary>
    public static Task<TestProxy> StartAsync(FakeUpstream upstream, TimeProvider time, ReadinessRequirement required, params string[] keys) =>
        StartAsync(upstream, time, new HealthCheckOptions { Readiness = required }, keys);

    /// <summary>Readiness says yes, or no for a reason.</summary>
    public static async Task AssertReadyAsync(TestProxy proxy, string? reasonNotTo)
    {
        if (reasonNotTo is not null)
        {
            await AssertNotReadyAsync(proxy, reasonNotTo);
            return;
        }

        using var response = await proxy.Client.GetAsync("/proxy/health/readiness");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    /// <summary>Readiness says no for a reason.</summary>
    /// <returns>All it says.</returns>
    public static async Task<JsonNode> AssertNotReadyAsync(TestProxy proxy, string reason)
    {
        using var response = await proxy.Client.GetAsync("/proxy/health/readiness");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("error", (string?)body["status"]);
        Assert.Equal(reason, (string?)body["reason"]);
        return body;
    }

    private static Task<TestProxy> StartAsync(FakeUpstream upstream, TimeProvider time, HealthCheckOptions health, string[] keys) => TestProxy.StartAsync(
        new ProxyOptions
        {
            Upstream = new UpstreamOptions { ApiUrl = new Uri(upstream.Address, "/api/v1") },
            EnvironmentKeyPairs = [.. keys.Select(static key => new EnvironmentKeyPairOptions($"ser.{key}", key))],
            HealthCheck = health,
        },
        time);
}
