using System.Text;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands;

/// <content>The proxies that the usual environment variables name.</content>
public sealed partial class ProgramTests
{
    [Theory]
    [InlineData("HTTP_PROXY")]
    [InlineData("http_proxy")]
    [InlineData("ALL_PROXY")]
    public async Task Serve_ProxyInTheEnvironment_UpstreamAskedThroughIt(string variable)
    {
        await using var proxy = await FakeUpstream.StartAsync();
        proxy.SetDocument("ser.env", Encoding.UTF8.GetBytes(Documents.Small("env").ToJsonString()));
        using var program = EdgeProxyProcess.Start(
            [.. Polling("http://flagsmith.invalid/api/v1"), (variable, proxy.Address.AbsoluteUri)], "--host", "127.0.0.1", "--port", "0");

        await proxy.WaitForRequestsAsync(1);

        Assert.Equal("http://flagsmith.invalid/api/v1/environment-document/", proxy.Requests.First().Target);
        Assert.Equal("ser.env", proxy.Requests.First().Header("X-Environment-Key"));
        Assert.Equal(0, await program.StopAsync());
    }

    [Theory]
    [InlineData("NO_PROXY")]
    [InlineData("no_proxy")]
    public async Task Serve_UpstreamExemptFromTheProxy_AskedDirectly(string variable)
    {
        await using var proxy = await FakeUpstream.StartAsync();
        await using var upstream = await FakeUpstream.StartAsync();
        using var program = EdgeProxyProcess.Start(
            [.. Polling(new Uri(upstream.Address, "/api/v1").AbsoluteUri), ("HTTP_PROXY", proxy.Address.AbsoluteUri), (variable, "127.0.0.1")],
            "--host", "127.0.0.1", "--port", "0");

        await upstream.WaitForRequestsAsync(1);

        Assert.Equal("/api/v1/environment-document/", upstream.Requests.First().Target);
        Assert.Empty(proxy.Requests);
        Assert.Equal(0, await program.StopAsync());
    }

    [Fact]
    public async Task Serve_ProxyInTheEnvironmentInBothCases_Starts()
    {
        await using var proxy = await FakeUpstream.StartAsync();
        using var program = EdgeProxyProcess.Start(
            [.. Polling("http://flagsmith.invalid/api/v1"), ("HTTP_PROXY", proxy.Address.AbsoluteUri), ("http_proxy", proxy.Address.AbsoluteUri)],
            "--host", "127.0.0.1", "--port", "0");

        await proxy.WaitForRequestsAsync(1);

        Assert.Equal(0, await program.StopAsync());
    }

    [Fact]
    public async Task Serve_ProxyInTheEnvironment_StreamOpenedThroughIt()
    {
        await using var proxy = await FakeUpstream.StartAsync();
        proxy.SetDocument("ser.env", Encoding.UTF8.GetBytes(Documents.Small("env").ToJsonString()));
        using var program = EdgeProxyProcess.Start(
            [
                .. Polling("http://flagsmith.invalid/api/v1"),
                ("HTTP_PROXY", proxy.Address.AbsoluteUri),
                ("REALTIME_URL", "http://realtime.invalid/"),
                ("REALTIME_IGNORE_PROJECT_SETTING", "true"),
            ],
            "--host", "127.0.0.1", "--port", "0");

        await Patience.UntilAsync(() => proxy.Requests.Any(static request => request.Target == "http://realtime.invalid/sse/environments/env/stream"), "the stream");

        Assert.Equal(0, await program.StopAsync());
    }

    private static IEnumerable<(string Name, string Value)> Polling(string url) =>
    [
        ("ENVIRONMENT_KEY_PAIRS", """[{"server_side_key":"ser.env","client_side_key":"env"}]"""),
        ("API_URL", url),
    ];
}
