using System.Text;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Analytics;

/// <summary>Answers to flag analytics, to the byte (docs/spec/analytics.md 1.1).</summary>
public sealed class FlagAnalyticsAnswerTests
{
    private const string NotAnObject = """{"non_field_errors":["Expected a JSON object."]}""";

    [Theory]
    [InlineData("""{"plain":1}""", 200, "{}")]
    [InlineData("{}", 200, "{}")]
    [InlineData("""{"plain":0,"off":-1,"x":1.5,"y":1e3,"z":true,"s":"1","n":null,"o":{"a":[1]},"\ud800":1,"unknown":1}""", 200, "{}")]
    [InlineData("\uFEFF{\"plain\":1}", 200, "{}")]
    [InlineData("null", 400, NotAnObject)]
    [InlineData("[]", 400, NotAnObject)]
    [InlineData("\"x\"", 400, NotAnObject)]
    [InlineData("1", 400, NotAnObject)]
    [InlineData("", 400, NotAnObject)]
    [InlineData("{", 400, NotAnObject)]
    [InlineData("""{"plain":1}x""", 400, NotAnObject)]
    [InlineData("""{"plain":1,}""", 400, NotAnObject)]
    [InlineData("""{"plain":01}""", 400, NotAnObject)]
    public async Task Post_AnyBody_StatusAndBodyAsSpecified(string body, int status, string expected)
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        await using var connection = await RawConnection.OpenAsync(fixture.Proxy.Address);
        foreach (var key in (string[])["a", "ser.a"])
        {
            foreach (var path in (string[])["/api/v1/analytics/flags/", "/api/v1/analytics/flags"])
            {
                var response = await connection.PostAsync(path, key, Encoding.UTF8.GetBytes(body));
                Assert.Equal((status, expected), (response.Status, response.Body));
                Assert.Contains("Content-Type: application/json", connection.LatestHead);
                Assert.Contains($"Content-Length: {expected.Length}", connection.LatestHead);
            }
        }
    }

    [Fact]
    public async Task Post_InvalidUtf8_400AndNothingCounted()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        await using var connection = await RawConnection.OpenAsync(fixture.Proxy.Address);

        var response = await connection.PostAsync(AnalyticsProxy.Path, "a", (byte[])[.. "{\"plain\":1,\""u8, 0xFF, .. "\":1}"u8]);

        Assert.Equal((400, NotAnObject), (response.Status, response.Body));
        Assert.Equal(0, (await Exposition.OfAsync(fixture.Proxy)).Sum("edgeproxy_analytics_waiting_evaluations"));
    }

    [Theory]
    [InlineData("nobody", """{"status":"unauthorized","message":"unknown key 'nobody'"}""")]
    [InlineData(null, """{"status":"unauthorized","message":"unknown key ''"}""")]
    public async Task Post_KeyOfNoEnvironment_401(string? key, string expected)
    {
        await using var fixture = await AnalyticsProxy.StartAsync();

        using var response = await fixture.Proxy.SendAsync(HttpMethod.Post, AnalyticsProxy.Path, key, """{"plain":1}""");

        Assert.Equal((401, expected), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData(1024 * 1024, 2 * 1024 * 1024)]
    [InlineData(1000, 1000)]
    public async Task Post_BodyOverTheLimit_413(int limit, int general)
    {
        await using var fixture = await AnalyticsProxy.StartAsync(options => options with { Identities = new IdentityOptions { MaxRequestBodyBytes = general } });
        await using var connection = await RawConnection.OpenAsync(fixture.Proxy.Address);

        var allowed = await connection.PostAsync(AnalyticsProxy.Path, "a", Encoding.ASCII.GetBytes("{}".PadRight(limit)));
        Assert.Equal((200, "{}"), (allowed.Status, allowed.Body));
        using var larger = await fixture.Proxy.SendAsync(HttpMethod.Post, AnalyticsProxy.Path, "a", "{}".PadRight(limit + 1));
        Assert.Equal(413, (int)larger.StatusCode);
        Assert.Equal($$"""{"detail":"The body is larger than {{limit}} bytes"}""", await larger.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Post_ChunkedInPieces_Counted()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        await using var connection = await RawConnection.OpenAsync(fixture.Proxy.Address);
        await connection.SendAsync("POST /api/v1/analytics/flags/ HTTP/1.1\r\nHost: test\r\nX-Environment-Key: a\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray());
        await connection.SendAsync("6\r\n{\"plai\r\n"u8.ToArray());
        await connection.SendAsync("5\r\nn\":7}\r\n0\r\n\r\n"u8.ToArray());

        var response = await connection.ReadResponseAsync();

        Assert.Equal((200, "{}"), (response.Status, response.Body));
        await fixture.UntilReportsAsync(1);
        Assert.Equal("plain=7", AnalyticsProxy.Sums(fixture.Reports));
    }

    [Fact]
    public async Task Post_EnvironmentNotLoadedYet_200AndForwarded()
    {
        await using var fixture = await AnalyticsProxy.StartAsync(isLoaded: false);

        await fixture.PostAsync("a", """{"plain":3}""");
        await fixture.UntilReportsAsync(1);

        Assert.Equal("plain=3", AnalyticsProxy.Sums(fixture.Reports));
    }

    [Fact]
    public async Task Post_Offline_200AndDiscarded()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Post, AnalyticsProxy.Path, "env", """{"plain":1}""");

        Assert.Equal((200, "{}"), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal(0, (await Exposition.OfAsync(proxy)).Sum("edgeproxy_analytics_waiting_evaluations"));
    }

    [Fact]
    public async Task Post_Disabled_200AndDiscarded()
    {
        await using var fixture = await AnalyticsProxy.StartAsync(static options => options with { Analytics = new AnalyticsOptions { IsEnabled = false } });

        await fixture.PostAsync("a", """{"plain":1}""");
        await fixture.Proxy.StopAsync();

        Assert.Empty(fixture.Reports);
    }

    [Fact]
    public async Task Get_405()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();

        using var response = await fixture.Proxy.SendAsync(HttpMethod.Get, AnalyticsProxy.Path, "a");

        Assert.Equal(405, (int)response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Preflight_HeadersOfTheBrowserSdk_Allowed()
    {
        const string Asked = "x-environment-key, content-type, flagsmith-application-name, flagsmith-application-version, flagsmith-sdk-user-agent";
        await using var fixture = await AnalyticsProxy.StartAsync();

        using var response = await fixture.Proxy.SendAsync(
            HttpMethod.Options, AnalyticsProxy.Path, key: null, body: null,
            ("Origin", "https://page.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", Asked));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(["https://page.example"], response.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal("POST", string.Join(',', response.Headers.GetValues("Access-Control-Allow-Methods")));
        Assert.Equal(Asked, string.Join(", ", response.Headers.GetValues("Access-Control-Allow-Headers")));
    }
}
