using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;

namespace EdgeProxy.Host.Tests.Http;

/// <summary>
/// A cache in front must neither mix environments nor hand an answer to somebody without a key: every answer says what it
/// depends on, errors too.
/// </summary>
public sealed class CacheHeadersTests
{
    [Theory]
    [InlineData("GET", "/api/v1/flags/", "env", null, 200)]
    [InlineData("GET", "/api/v1/flags/?feature=plain", "env", null, 200)]
    [InlineData("GET", "/api/v1/flags/?feature=none", "env", null, 404)]
    [InlineData("HEAD", "/api/v1/flags/", "env", null, 200)]
    [InlineData("GET", "/api/v1/identities/?identifier=bob", "env", null, 200)]
    [InlineData("GET", "/api/v1/identities/", "env", null, 422)]
    [InlineData("POST", "/api/v1/identities/", "env", "{}", 200)]
    [InlineData("POST", "/api/v1/identities/", "env", "?", 422)]
    [InlineData("GET", "/api/v1/environment-document/", "ser.env", null, 200)]
    [InlineData("GET", "/api/v1/environment-document/", "env", null, 401)]
    [InlineData("GET", "/api/v1/flags/", "nobody", null, 401)]
    [InlineData("GET", "/api/v1/flags/", null, null, 401)]
    [InlineData("DELETE", "/api/v1/flags/", "env", null, 405)]
    [InlineData("GET", "/nowhere", "env", null, 404)]
    public async Task AnyAnswer_VariesByKeyAndIsPrivate(string method, string target, string? key, string? body, int status)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        foreach (var headers in ((string, string)[][])[[], [("Origin", "https://a.example")], [("Accept-Encoding", "gzip")]])
        {
            using var response = await proxy.SendAsync(HttpMethod.Parse(method), target, key, body, headers);

            Assert.Equal(status, (int)response.StatusCode);
            AssertNotShared(response);
        }
    }

    [Fact]
    public async Task NotModified_VariesByKeyAndIsPrivate()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());
        using var first = await proxy.SendAsync(HttpMethod.Get, "/api/v1/environment-document/", "ser.env");

        using var response = await proxy.SendAsync(
            HttpMethod.Get, "/api/v1/environment-document/", "ser.env", body: null, ("If-None-Match", first.Headers.ETag!.Tag));

        Assert.Equal(304, (int)response.StatusCode);
        AssertNotShared(response);
    }

    [Fact]
    public async Task NotLoadedOrTooLarge_VariesByKeyAndIsPrivate()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions
        {
            Upstream = new UpstreamOptions { ApiUrl = new Uri(upstream.Address, "/api/v1") },
            EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.env", "env")],
        });
        await using var small = await TestProxy.ServeAsync(
            new ProxyOptions { Identities = new IdentityOptions { MaxRequestBodyBytes = 8 } }, Documents.Small("env").ToJsonString());

        using var notLoaded = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "env");
        using var tooLarge = await small.SendAsync(HttpMethod.Post, "/api/v1/identities/", "env", """{"identifier":"bob"}""");

        Assert.Equal(503, (int)notLoaded.StatusCode);
        AssertNotShared(notLoaded);
        Assert.Equal(413, (int)tooLarge.StatusCode);
        AssertNotShared(tooLarge);
    }

    [Theory]
    [InlineData("/api/v1/flags/")]
    [InlineData("/ofrep/v1/evaluate/flags")]
    [InlineData("/sse/environments/env/stream")]
    [InlineData("/nowhere")]
    public async Task Preflight_VariesByKeyAndIsPrivate(string target)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(
            HttpMethod.Options, target, key: null, body: null, ("Origin", "https://a.example"), ("Access-Control-Request-Method", "GET"));

        Assert.True(response.Headers.CacheControl is { Private: true, NoCache: true });
        Assert.Equal(
            ["X-Environment-Key", "Accept-Encoding", "Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"], response.Headers.Vary);
    }

    [Theory]
    [InlineData("OPTIONS", "/api/v1/flags/")]
    [InlineData("GET", "/")]
    [InlineData("GET", "/favicon.ico")]
    [InlineData("GET", "/health")]
    [InlineData("GET", "/proxy/health/liveness")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/proxy/environments")]
    [InlineData("GET", "/proxy/environments/nobody/changes")]
    [InlineData("GET", "/proxy/console")]
    [InlineData("POST", "/proxy/explain")]
    [InlineData("POST", "/proxy/webhook")]
    [InlineData("POST", "/api/v1/analytics/flags/")]
    [InlineData("POST", "/api/v1/traits/")]
    [InlineData("POST", "/v1/events")]
    [InlineData("POST", "/ofrep/v1/evaluate/flags")]
    [InlineData("POST", "/ofrep/v1/evaluate/flags/plain")]
    [InlineData("GET", "/ofrep/v1/events")]
    [InlineData("GET", "/ofrep/v1/nowhere")]
    [InlineData("POST", "/sse/environments/env/stream")]
    public async Task OtherAnswers_VaryByKeyAndArePrivate(string method, string target)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Parse(method), target, key: null, body: method == "POST" ? "{}" : null);

        Assert.Equal("no-cache, private", response.Headers.CacheControl?.ToString());
        Assert.Equal(["X-Environment-Key", "Accept-Encoding", "Origin"], response.Headers.Vary.Where(static name => name is "X-Environment-Key" or "Accept-Encoding" or "Origin"));
    }

    private static void AssertNotShared(HttpResponseMessage response)
    {
        Assert.Equal(["X-Environment-Key", "Accept-Encoding", "Origin"], response.Headers.Vary);
        Assert.Equal("no-cache, private", response.Headers.CacheControl?.ToString());
    }
}
