using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;

namespace EdgeProxy.Host.Tests.Http;

/// <summary><c>GET /proxy/environments</c>: what it tells, and to whom.</summary>
public sealed class EnvironmentsEndpointTests
{
    private const string Path = "/proxy/environments";
    private const string Token = "operators-only";

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

    [Theory]
    [InlineData("Authorization", "Bearer " + Token, HttpStatusCode.OK)]
    [InlineData("Authorization", "bearer " + Token, HttpStatusCode.OK)]
    [InlineData("Authorization", "Bearer operators-onlY", HttpStatusCode.Unauthorized)]
    [InlineData("Authorization", "Bearer ", HttpStatusCode.Unauthorized)]
    [InlineData("X-Other", "x", HttpStatusCode.OK)]
    [InlineData("X-Forwarded-For", "203.0.113.9", HttpStatusCode.Unauthorized)]
    [InlineData("Forwarded", "for=203.0.113.9", HttpStatusCode.Unauthorized)]
    [InlineData("Origin", "https://page.example", HttpStatusCode.Unauthorized)]
    [InlineData("Host", "page.example", HttpStatusCode.Unauthorized)]
    [InlineData("Host", "localhost:8000", HttpStatusCode.OK)]
    [InlineData("Host", "[::1]", HttpStatusCode.OK)]
    public async Task Get_TokenSet_ForItsHoldersAndTheMachineItself(string header, string value, HttpStatusCode expected)
    {
        await using var proxy = await TestProxy.ServeAsync(
            new ProxyOptions { Operators = new OperatorOptions { Token = Token } }, Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, Path, key: null, body: null, (header, value));

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.Unauthorized, response.Headers.WwwAuthenticate.Count > 0);
    }

    [Fact]
    public async Task Get_NoTokenSet_NoTokenOpensIt()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, Path, key: null, body: null, ("Authorization", "Bearer "));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Health_Verbose_OperatorsAreToldOfEachEnvironment()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        var own = JsonNode.Parse(await proxy.Client.GetStringAsync("/proxy/health?verbose"))!;
        using var forwarded = await proxy.SendAsync(HttpMethod.Get, "/proxy/health?verbose", key: null, body: null, ("X-Forwarded-For", "203.0.113.9"));
        var others = JsonNode.Parse(await forwarded.Content.ReadAsStringAsync())!.AsObject();

        Assert.Equal("Test", (string?)own["environments"]![0]!["name"]);
        Assert.Equal(["status", "reason", "last_successful_update"], others.Select(static member => member.Key));
    }

    private static async Task<JsonNode> ListAsync(TestProxy proxy) =>
        Assert.Single(JsonNode.Parse(await proxy.Client.GetStringAsync(Path))!["environments"]!.AsArray())!;
}
