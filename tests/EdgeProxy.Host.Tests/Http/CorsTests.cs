using System.Net;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http;

/// <summary>Cross-origin requests (docs/spec/sdk-api.md 7.4).</summary>
public sealed class CorsTests
{
    private const string Page = "https://shop.example";

    [Theory]
    [InlineData("*", Page, true)]
    [InlineData("https://other.example, *", Page, true)]
    [InlineData(Page, Page, true)]
    [InlineData("https://other.example," + Page, Page, true)]
    [InlineData("https://other.example", Page, false)]
    [InlineData("https://shop.example:443", Page, false)]
    public async Task Get_WithOrigin_EchoedIfAllowed(string allowed, string origin, bool isAllowed)
    {
        await using var proxy = await ServeAsync(allowed);

        using var response = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "env", body: null, ("Origin", origin));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("Origin", response.Headers.Vary);
        Assert.Equal(isAllowed ? origin : null, Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal(isAllowed ? "true" : null, Header(response, "Access-Control-Allow-Credentials"));
        Assert.Equal(isAllowed ? "X-Flagsmith-Document-Updated-At" : null, Header(response, "Access-Control-Expose-Headers"));
    }

    [Theory]
    [InlineData("GET", "*")]
    [InlineData("GET", Page + ",https://other.example")]
    [InlineData("OPTIONS", "*")]
    public async Task Request_TwoOrigins_NotAllowed(string method, string allowed)
    {
        await using var proxy = await ServeAsync(allowed);
        await using var connection = await RawConnection.OpenAsync(proxy.Address);
        await connection.SendAsync(System.Text.Encoding.ASCII.GetBytes(
            $"{method} /api/v1/flags/ HTTP/1.1\r\nHost: test\r\nX-Environment-Key: env\r\nOrigin: {Page}\r\nOrigin: https://other.example\r\n"
            + "Access-Control-Request-Method: GET\r\nConnection: close\r\n\r\n"));

        var answer = await connection.ReadResponseAsync();

        Assert.Equal(method == "GET" ? 200 : 400, answer.Status);
        Assert.DoesNotContain(connection.LatestHead, static header => header.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/api/v1/flags/", "nobody", 401)]
    [InlineData("/nowhere", "env", 404)]
    [InlineData("/api/v1/identities/", "env", 422)]
    public async Task Get_ErrorWithOrigin_ReadableByThePage(string path, string key, int status)
    {
        await using var proxy = await ServeAsync("*");

        using var response = await proxy.SendAsync(HttpMethod.Get, path, key, body: null, ("Origin", Page));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(Page, Header(response, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Get_WithoutOrigin_NoHeaders()
    {
        await using var proxy = await ServeAsync("*");

        using var response = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "env");

        Assert.DoesNotContain(response.Headers, static header => header.Key.StartsWith("Access-Control", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Preflight_AllowedOrigin_WhatIsAskedForIsAllowed()
    {
        await using var proxy = await ServeAsync("*");

        using var response = await proxy.SendAsync(
            HttpMethod.Options,
            "/api/v1/identities/",
            key: null,
            body: null,
            ("Origin", Page),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "content-type,x-environment-key"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Page, Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal("true", Header(response, "Access-Control-Allow-Credentials"));
        Assert.Equal("POST", Header(response, "Access-Control-Allow-Methods"));
        Assert.Equal("content-type,x-environment-key", Header(response, "Access-Control-Allow-Headers"));
        Assert.Equal("600", Header(response, "Access-Control-Max-Age"));
        Assert.Contains("Origin", response.Headers.Vary);
    }

    [Fact]
    public async Task Preflight_OtherOrigin_BadRequest()
    {
        await using var proxy = await ServeAsync("https://other.example");

        using var response = await proxy.SendAsync(
            HttpMethod.Options, "/api/v1/flags/", key: null, body: null, ("Origin", Page), ("Access-Control-Request-Method", "GET"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(Header(response, "Access-Control-Allow-Origin"));
    }

    private static Task<TestProxy> ServeAsync(string allowed) => TestProxy.ServeAsync(
        new ProxyOptions { Cors = new CorsOptions { AllowOrigins = allowed.Split(',', StringSplitOptions.TrimEntries) } }, Documents.Small("env").ToJsonString());

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
