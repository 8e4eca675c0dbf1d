using System.Net;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Endpoints;

/// <summary>The console: who gets the page and its files, and with which headers (docs/spec/explain.md 7).</summary>
public sealed class ConsoleEndpointTests
{
    private const string Path = "/proxy/console";
    private const string Key = "a-client-side-key";

    [Theory]
    [InlineData(Path, "text/html; charset=utf-8")]
    [InlineData(Path + "/", "text/html; charset=utf-8")]
    [InlineData(Path + "/main.js", "text/javascript; charset=utf-8")]
    [InlineData(Path + "/console.css", "text/css; charset=utf-8")]
    [InlineData(Path + "/icon.svg", "image/svg+xml")]
    public async Task Get_File_WithItsTypeAndAStrictPolicy(string path, string type)
    {
        await using var proxy = await ServeAsync(new OperatorOptions());

        using var response = await proxy.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.ToString());
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData(Path + "/missing.js")]
    [InlineData(Path + "/..%2Fsecrets")]
    public async Task Get_UnknownFile_NotFound(string path)
    {
        await using var proxy = await ServeAsync(new OperatorOptions());

        using var response = await proxy.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Get_NoToken_ForTheMachineItselfOnly()
    {
        await using var proxy = await ServeAsync(new OperatorOptions());

        using var response = await proxy.SendAsync(HttpMethod.Get, Path, key: null, body: null, ("X-Forwarded-For", "203.0.113.9"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Get_TokenSet_PageForEverybodyAndDataForItsHolders()
    {
        await using var proxy = await ServeAsync(new OperatorOptions { Token = "operators-only" });

        using var page = await proxy.SendAsync(HttpMethod.Get, Path, key: null, body: null, ("X-Forwarded-For", "203.0.113.9"));
        using var data = await proxy.Client.GetAsync("/proxy/environments");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, data.StatusCode);
    }

    [Fact]
    public async Task Get_ConsoleOff_NotFound()
    {
        await using var proxy = await ServeAsync(new OperatorOptions { HasConsole = false });

        using var response = await proxy.Client.GetAsync(Path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Get_Demo_PageAtTheRoot()
    {
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions { Demo = true });

        using var response = await proxy.SendAsync(HttpMethod.Get, "/", key: null, body: null, ("Accept", "text/html"));
        using var forPrograms = await proxy.Client.GetAsync("/");

        Assert.Equal("application/json", forPrograms.Content.Headers.ContentType!.ToString());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("/proxy/console/main.js", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Task<TestProxy> ServeAsync(OperatorOptions operators) =>
        TestProxy.ServeAsync(new ProxyOptions { Operators = operators }, Documents.Small(Key).ToJsonString());
}
