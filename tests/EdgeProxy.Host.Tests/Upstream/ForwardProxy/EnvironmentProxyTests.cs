using System.Net;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;
using EdgeProxy.Host.Upstream.ForwardProxy;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Upstream.ForwardProxy;

/// <summary>The forward proxy of the environment variables: a real one on loopback, which sees the key of whatever it is asked.</summary>
public sealed class EnvironmentProxyTests : IAsyncLifetime
{
    private FakeUpstream _proxy = null!;
    private FakeUpstream _target = null!;

    public async Task InitializeAsync()
    {
        _proxy = await FakeUpstream.StartAsync();
        _proxy.Behaviour = static context => context.Response.WriteAsync("proxied");
        _target = await FakeUpstream.StartAsync();
        _target.Behaviour = static context => context.Response.WriteAsync("direct");
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _target.DisposeAsync();
    }

    [Theory]
    [InlineData("*", "127.0.0.1")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.1:{port}", "127.0.0.1")]
    [InlineData("127.0.0.0/8", "127.0.0.1")]
    [InlineData("10.0.0.0/8,127.0.0.0/24", "127.0.0.1")]
    [InlineData("localhost", "localhost")]
    [InlineData(".localhost", "localhost")]
    [InlineData("*.localhost", "localhost")]
    [InlineData("localhost:{port}", "localhost")]
    [InlineData("example.com localhost", "localhost")]
    public async Task Get_Exempted_TheProxySeesNothing(string list, string host)
    {
        Assert.Equal("direct", await GetAsync(list, host));
        Assert.Empty(_proxy.Requests);
    }

    [Theory]
    [InlineData(null, "127.0.0.1")]
    [InlineData("", "127.0.0.1")]
    [InlineData("10.0.0.0/8", "127.0.0.1")]
    [InlineData("127.0.0.1:1", "127.0.0.1")]
    [InlineData("host", "localhost")]
    [InlineData("localhost:1", "localhost")]
    public async Task Get_NotExempted_ByTheProxy(string? list, string host)
    {
        Assert.Equal("proxied", await GetAsync(list, host));
        Assert.Equal($"http://{host}:{_target.Address.Port}/api/v1/environment-document/", Assert.Single(_proxy.Requests).Target);
    }

    [Fact]
    public async Task Get_ProxyWithCredentials_TheyAreSent()
    {
        _proxy.Behaviour = static context =>
        {
            context.Response.StatusCode = context.Request.Headers.ProxyAuthorization.Count > 0 ? 200 : 407;
            context.Response.Headers.ProxyAuthenticate = "Basic realm=\"proxy\"";
            return Task.CompletedTask;
        };

        await GetAsync(list: null, "127.0.0.1", $"http://user:p%40ss@127.0.0.1:{_proxy.Address.Port}");

        Assert.Equal("Basic dXNlcjpwQHNz", _proxy.Requests.Last().Header("Proxy-Authorization"));
    }

    [Theory]
    [InlineData("http_proxy", "http://proxy.test:3128/", null)]
    [InlineData("HTTP_PROXY", "http://proxy.test:3128/", null)]
    [InlineData("https_proxy", null, "http://proxy.test:3128/")]
    [InlineData("HTTPS_PROXY", null, "http://proxy.test:3128/")]
    [InlineData("all_proxy", "http://proxy.test:3128/", "http://proxy.test:3128/")]
    [InlineData("ALL_PROXY", "http://proxy.test:3128/", "http://proxy.test:3128/")]
    public void Read_Variable_ProxyOfItsScheme(string name, string? http, string? https)
    {
        var proxy = EnvironmentProxy.Read(variable => variable == name ? "proxy.test:3128" : null)!;

        Assert.Equal(http, proxy.GetProxy(new Uri("http://api.test/"))?.AbsoluteUri);
        Assert.Equal(https, proxy.GetProxy(new Uri("https://api.test/"))?.AbsoluteUri);
    }

    [Theory]
    [InlineData("socks5://proxy.test:1080", "socks5://proxy.test:1080/")]
    [InlineData("socks5h://proxy.test:1080", "socks5://proxy.test:1080/")]
    [InlineData("ftp://proxy.test", null)]
    [InlineData("http://", null)]
    [InlineData(" ", null)]
    public void Read_OtherSchemes_KnownOrNone(string text, string? expected) =>
        Assert.Equal(expected, EnvironmentProxy.Read(name => name == "all_proxy" ? text : null)?.GetProxy(new Uri("http://api.test/"))?.AbsoluteUri);

    [Fact]
    public void Read_UpperCaseHttpProxyUnderCgi_Ignored() =>
        Assert.Null(EnvironmentProxy.Read(static name => name is "HTTP_PROXY" or "GATEWAY_INTERFACE" ? "proxy.test:3128" : null));

    private async Task<string> GetAsync(string? list, string host, string? proxy = null)
    {
        using var client = UpstreamClient.Create(new UpstreamOptions(), name => name switch
        {
            "HTTP_PROXY" => proxy ?? _proxy.Address.AbsoluteUri,
            "NO_PROXY" => list?.Replace("{port}", $"{_target.Address.Port}", StringComparison.Ordinal),
            _ => null,
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{host}:{_target.Address.Port}/api/v1/environment-document/");
        request.Headers.TryAddWithoutValidation("X-Environment-Key", "ser.secret");
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
