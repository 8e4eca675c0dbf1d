using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;

namespace EdgeProxy.Host.Tests.Http;

/// <summary><c>GET /proxy/environments</c>: its content, and the access to it.</summary>
public sealed class EnvironmentsEndpointTests
{
    private const string Path = "/proxy/environments";

    [Fact]
    public async Task Get_Loaded_WhatIsServedAndHowFresh()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("environment-key").ToJsonString());
        await Patience.UntilAsync(() => proxy.Registry.Environments[0].Freshness.Fetched is not null, "the load to be noted");

        var listed = await ListAsync(proxy);

        Assert.Equal("Test", (string?)listed["name"]);
        Assert.Equal("environ…", (string?)listed["client_side_key"]);
        Assert.Equal("offline", (string?)listed["kind"]);
        Assert.Equal("ok", (string?)listed["status"]);
        Assert.Equal("file", (string?)listed["source"]);
        Assert.Equal(proxy.Registry.Environments[0].Current!.Document.Version, (string?)listed["version"]);
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 12, 0, 0, 250, TimeSpan.Zero), (DateTimeOffset)listed["updated_at"]!);
        Assert.Equal(proxy.Registry.Environments[0].Freshness.Fetched, (DateTimeOffset?)listed["last_successful_update"]);
        Assert.InRange((double)listed["age_seconds"]!, 0, 600);
        Assert.Equal(4, (int)listed["features"]!);
        Assert.Equal(1, (int)listed["segments"]!);
        Assert.Equal(1, (int)listed["identity_overrides"]!);
        Assert.Equal(proxy.Registry.Environments[0].Current!.Document.Body.Plain.Length, (int)listed["document_bytes"]!);
        Assert.Equal(0, (int)listed["failures"]!);
        Assert.Null(listed["last_error"]);
        Assert.Null(listed["rejected_document"]);
    }

    [Fact]
    public async Task Get_UpstreamFailsThenSendsGarbage_WhatWentWrongWithoutKeys()
    {
        var time = new ManualTimeProvider();
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument("ser.env", Encoding.UTF8.GetBytes(Documents.Small("env").ToJsonString()));
        await using var proxy = await TestProxy.StartAsync(
            new ProxyOptions
            {
                Upstream = new UpstreamOptions { ApiUrl = new Uri(upstream.Address, "/api/v1"), ApiPollTimeout = TimeSpan.FromHours(1) },
                EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.env", "env")],
            },
            time);
        await Patience.UntilAsync(() => proxy.Registry.Environments[0].Freshness.Origin == DocumentOrigin.Upstream, "the first fetch");
        upstream.SetDocument("ser.env", "{\"api_key\":\"ser.env\"}"u8.ToArray());

        await Patience.UntilAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(31));
                return proxy.Registry.Environments[0].Freshness.Rejected is not null;
            },
            "the rejection");
        var listed = await ListAsync(proxy);

        Assert.Equal("Test", (string?)listed["name"]);
        Assert.Equal("upstream", (string?)listed["source"]);
        Assert.Equal("configured", (string?)listed["kind"]);
        Assert.Contains("$.feature_states is missing", (string?)listed["rejected_document"]!["message"], StringComparison.Ordinal);
        Assert.Contains("$.feature_states is missing", (string?)listed["last_error"]!["message"], StringComparison.Ordinal);
        Assert.True((int)listed["failures"]! >= 1);
        Assert.DoesNotContain("ser.env", listed.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NotLoaded_SaysSo()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions
        {
            Upstream = new UpstreamOptions { ApiUrl = new Uri(upstream.Address, "/api/v1") },
            EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.env", "env")],
        });
        await Patience.UntilAsync(() => proxy.Registry.Environments[0].Freshness.Failures > 0, "the first failure");

        var listed = await ListAsync(proxy);

        Assert.Equal("not loaded", (string?)listed["status"]);
        Assert.Null(listed["name"]);
        Assert.Equal($"GET {new Uri(upstream.Address, "/api/v1/environment-document/")}: returned HTTP 403", (string?)listed["last_error"]!["message"]);
    }

    private static async Task<JsonNode> ListAsync(TestProxy proxy) =>
        Assert.Single(JsonNode.Parse(await proxy.Client.GetStringAsync(Path))!["environments"]!.AsArray())!;
}
