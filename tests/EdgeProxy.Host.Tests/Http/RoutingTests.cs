using System.Net;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Http;

/// <summary>Paths and methods (docs/spec/sdk-api.md 1).</summary>
public sealed class RoutingTests
{
    [Theory]
    [InlineData("/index.html")]
    [InlineData("/api/v1/")]
    [InlineData("/api/v1/flags//")]
    [InlineData("/api/v1/Flags/")]
    [InlineData("/api/v2/flags/")]
    [InlineData("/api/v1/flags/plain")]
    [InlineData("/robots.txt")]
    public async Task Any_UnknownPath_NotFound(string path)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, path, "env");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        AssertJson.Equal("""{"detail":"Not Found"}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/api/v1/./flags/")]
    [InlineData("/api/v1/../v1/flags/")]
    [InlineData("/x/../api/v1/flags/")]
    [InlineData("//api/v1/flags/")]
    [InlineData("/api//v1/flags/")]
    [InlineData("/api/v1/fl%61gs/")]
    [InlineData("/api/v1%2Fflags/")]
    [InlineData("/%61pi/v1/flags/")]
    [InlineData("/api/v1/flags/.")]
    [InlineData("/api/v1/flags;v=1/")]
    [InlineData("/x/..%2Fproxy/health")]
    public async Task Get_PathThatIsNotSpelledAsDocumented_NotFound(string target)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());
        await using var connection = await RawConnection.OpenAsync(proxy.Address);

        Assert.Equal(404, (await connection.GetAsync(target, "env")).Status);
        Assert.Equal(200, (await connection.GetAsync("/api/v1/flags/", "env")).Status);
    }

    [Theory]
    [InlineData("/api/v1/flags/")]
    [InlineData("/api/v1/flags?feature=plain")]
    public async Task Get_AbsoluteForm_Answered(string path)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());
        await using var connection = await RawConnection.OpenAsync(proxy.Address);

        var origin = $"http://{proxy.Address.Authority}";
        Assert.Equal(200, (await connection.GetAsync(origin + path, "env")).Status);
        Assert.Equal(200, (await connection.GetAsync(origin, "env")).Status); // the root
        Assert.Equal(404, (await connection.GetAsync($"{origin}/x/..{path}", "env")).Status);
    }

    [Theory]
    [InlineData("/api/v1flags/")]
    [InlineData("/api/v1identities/?identifier=olga")]
    [InlineData("/api/flags/")]
    [InlineData("/api/environment-document")]
    [InlineData("/flags/")]
    [InlineData("/identities?identifier=olga")]
    public async Task Get_BaseUrlIsWrong_NotFoundThatSaysSoAndOneWarning(string path)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        for (var i = 0; i < 3; i++)
        {
            using var response = await proxy.SendAsync(HttpMethod.Get, path, "env");

            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Contains("must end with /api/v1/", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Single(proxy.Log.Entries, static entry => entry.Level == LogLevel.Warning && entry.Message.Contains("final slash", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("POST", "/api/v1/flags/", "GET, HEAD")]
    [InlineData("PUT", "/api/v1/identities/", "GET, HEAD, POST")]
    [InlineData("DELETE", "/api/v1/environment-document/", "GET, HEAD")]
    [InlineData("OPTIONS", "/api/v1/flags/", "GET, HEAD")]
    [InlineData("PATCH", "/proxy/health", "GET, HEAD")]
    [InlineData("POST", "/proxy/health/liveness", "GET, HEAD")]
    public async Task Any_WrongMethod_NotAllowed(string method, string path, string allowed)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(new HttpMethod(method), path, "env");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
    }

    [Theory]
    [InlineData("/api/v1/flags/")]
    [InlineData("/api/v1/flags/?feature=plain")]
    [InlineData("/api/v1/flags/?feature=missing")]
    [InlineData("/api/v1/identities/?identifier=olga")]
    [InlineData("/api/v1/identities/")]
    [InlineData("/api/v1/environment-document/")]
    [InlineData("/proxy/health")]
    [InlineData("/proxy/health/liveness")]
    public async Task Head_AnyPath_AsGetWithoutABody(string path)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var get = await proxy.SendAsync(HttpMethod.Get, path, "ser.env");
        using var head = await proxy.SendAsync(HttpMethod.Head, path, "ser.env");

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("env")]
    [InlineData("ser.env")]
    public async Task Any_NotLoadedYet_UnavailableNeverUnauthorized(string key)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Behaviour = FakeUpstream.Status(500);
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions
        {
            Upstream = new UpstreamOptions { ApiUrl = new Uri(upstream.Address, "/api/v1") },
            EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.env", "env")],
        });

        foreach (var path in new[] { "/api/v1/flags/", "/api/v1/identities/?identifier=a", "/api/v1/environment-document/" })
        {
            using var response = await proxy.SendAsync(HttpMethod.Get, path, key);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
            Assert.Contains("\"status\":\"unavailable\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var other = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "nobody");
        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
    }
}
