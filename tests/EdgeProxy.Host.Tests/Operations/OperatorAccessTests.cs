using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Operations;

/// <summary>Access to operators' paths, by client and listener.</summary>
public sealed class OperatorAccessTests
{
    private const string Path = "/proxy/environments";
    private const string Token = "operators-only";

    [Theory]
    [InlineData("Authorization", "Bearer " + Token, HttpStatusCode.OK)]
    [InlineData("Authorization", "bearer " + Token, HttpStatusCode.OK)]
    [InlineData("Authorization", "Bearer operators-onlY", HttpStatusCode.Unauthorized)]
    [InlineData("Authorization", "Bearer ", HttpStatusCode.Unauthorized)]
    [InlineData("Authorization", Token, HttpStatusCode.Unauthorized)]
    [InlineData("X-Other", "x", HttpStatusCode.Unauthorized)] // the machine itself, too
    [InlineData("Host", "localhost:8000", HttpStatusCode.Unauthorized)]
    public async Task Get_TokenSet_ForItsHoldersOnly(string header, string value, HttpStatusCode expected)
    {
        await using var proxy = await ServeAsync(new ProxyOptions { Operators = new OperatorOptions { Token = Token } });

        using var response = await proxy.SendAsync(HttpMethod.Get, Path, key: null, body: null, (header, value));

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.Unauthorized, response.Headers.WwwAuthenticate.Count > 0);
    }

    [Theory]
    [InlineData("X-Other", "x", HttpStatusCode.OK)]
    [InlineData("Host", "localhost:8000", HttpStatusCode.OK)]
    [InlineData("Host", "[::1]", HttpStatusCode.OK)]
    [InlineData("Host", "page.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://page.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://localhost:3000", HttpStatusCode.Forbidden)] // another page of the machine
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("X-Forwarded-For", "203.0.113.9", HttpStatusCode.Forbidden)]
    [InlineData("x-forwarded-proto", "https", HttpStatusCode.Forbidden)]
    [InlineData("X-Forwarded-Anything", "x", HttpStatusCode.Forbidden)]
    [InlineData("Forwarded", "for=203.0.113.9", HttpStatusCode.Forbidden)]
    [InlineData("Via", "1.1 cache", HttpStatusCode.Forbidden)]
    [InlineData("X-Real-IP", "203.0.113.9", HttpStatusCode.Forbidden)]
    [InlineData("X-Request-Id", "1", HttpStatusCode.Forbidden)]
    [InlineData("X-Envoy-Expected-Rq-Timeout-Ms", "1", HttpStatusCode.Forbidden)]
    [InlineData("X-Forwarded", "for=203.0.113.9", HttpStatusCode.Forbidden)]
    [InlineData("X-Original-URL", "/", HttpStatusCode.Forbidden)]
    [InlineData("X-Client-IP", "203.0.113.9", HttpStatusCode.Forbidden)]
    [InlineData("X-Cluster-Client-IP", "203.0.113.9", HttpStatusCode.Forbidden)]
    [InlineData("True-Client-IP", "203.0.113.9", HttpStatusCode.Forbidden)]
    [InlineData("CF-Connecting-IP", "203.0.113.9", HttpStatusCode.Forbidden)]
    [InlineData("cf-ray", "1", HttpStatusCode.Forbidden)]
    [InlineData("CDN-Loop", "cloudflare", HttpStatusCode.Forbidden)]
    [InlineData("Fastly-Client-IP", "203.0.113.9", HttpStatusCode.Forbidden)]
    [InlineData("X-Azure-ClientIP", "203.0.113.9", HttpStatusCode.Forbidden)]
    [InlineData("X-Amz-Cf-Id", "1", HttpStatusCode.Forbidden)]
    [InlineData("X-Varnish", "1", HttpStatusCode.Forbidden)]
    [InlineData("Authorization", "Bearer ", HttpStatusCode.Forbidden)]
    public async Task Get_NoTokenSet_ForTheMachineItselfWithoutAnIntermediary(string header, string value, HttpStatusCode expected)
    {
        await using var proxy = await ServeAsync(new ProxyOptions());

        using var response = await proxy.SendAsync(HttpMethod.Get, Path, key: null, body: null, (header, value));

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("HTTP/1.1", 200)]
    [InlineData("HTTP/1.0", 403)] // what nginx speaks to its upstreams
    public async Task Get_NoTokenSet_NotByHttp10(string version, int expected)
    {
        await using var proxy = await ServeAsync(new ProxyOptions());
        await using var connection = await RawConnection.OpenAsync(proxy.Address);

        await connection.SendAsync(System.Text.Encoding.ASCII.GetBytes($"GET {Path} {version}\r\nHost: 127.0.0.1:8000\r\n\r\n"));

        Assert.Equal(expected, (await connection.ReadResponseAsync()).Status);
    }

    [Theory]
    [InlineData("http://", HttpStatusCode.OK)]
    [InlineData("https://", HttpStatusCode.OK)]
    [InlineData("http://x.", HttpStatusCode.Forbidden)]
    public async Task Get_OwnOrigin_AsWithoutOne(string before, HttpStatusCode expected)
    {
        await using var proxy = await ServeAsync(new ProxyOptions());

        using var response = await proxy.SendAsync(HttpMethod.Get, Path, key: null, body: null, ("Origin", before + proxy.Address.Authority));

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Get_OwnOriginOfAnotherName_ForNobody()
    {
        // A page whose name was made to lead to this machine: its origin is the host that it asks.
        await using var proxy = await ServeAsync(new ProxyOptions());

        using var response = await proxy.SendAsync(HttpMethod.Get, Path, key: null, body: null, ("Host", "page.example:8000"), ("Origin", "http://page.example:8000"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Get_OnlyTheDemo_ForEverybodyWithoutAToken()
    {
        var options = new ProxyOptions { Demo = true };
        await using var open = await TestProxy.StartAsync(options);
        await using var guarded = await TestProxy.StartAsync(options with { Operators = new OperatorOptions { Token = Token } });
        await using var local = await TestProxy.StartAsync(options with { Operators = new OperatorOptions { TrustLoopback = false } });

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(open));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(guarded));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(local));

        static async Task<HttpStatusCode> StatusAsync(TestProxy proxy)
        {
            using var response = await proxy.SendAsync(HttpMethod.Get, Path, key: null, body: null, ("Host", "demo.example"), ("X-Forwarded-For", "203.0.113.9"));
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Get_EnvironmentAddedToTheDemo_NotForEverybodyAnyMore()
    {
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions { Demo = true });

        proxy.Registry.SetConfigured([new EnvironmentState("b", "ser.b", EnvironmentKind.Offline)]);
        using var response = await proxy.SendAsync(HttpMethod.Get, Path, key: null, body: null, ("X-Forwarded-For", "203.0.113.9"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Get_LoopbackNotTrusted_ForNobody()
    {
        await using var proxy = await ServeAsync(new ProxyOptions { Operators = new OperatorOptions { TrustLoopback = false } });

        using var response = await proxy.Client.GetAsync(Path);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Health_Verbose_OperatorsAreToldOfEachEnvironment()
    {
        await using var proxy = await ServeAsync(new ProxyOptions());

        var own = JsonNode.Parse(await proxy.Client.GetStringAsync("/proxy/health?verbose"))!;
        using var forwarded = await proxy.SendAsync(HttpMethod.Get, "/proxy/health?verbose", key: null, body: null, ("X-Forwarded-For", "203.0.113.9"));

        Assert.Equal("Test", (string?)own["environments"]![0]!["name"]);
        AssertBrief(await forwarded.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Port_OfItsOwn_OperatorsPathsAndHealthAndNothingElse()
    {
        await using var proxy = await ServeAsync(new ProxyOptions
        {
            Operators = new OperatorOptions { Token = Token, Port = 0 },
        });
        using var client = new HttpClient { BaseAddress = proxy.LastAddress };
        Assert.NotEqual(proxy.Address, proxy.LastAddress);

        await AssertListenerAsync(client);

        // The main port has none of them, whoever asks.
        using var main = new HttpClient { BaseAddress = proxy.Address };
        main.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(main, Path));
        AssertBrief(await main.GetStringAsync("/proxy/health?verbose"));
    }

    [Fact]
    public async Task UnixSocket_OperatorsPathsAndHealthAndNothingElse()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Combine("operators.sock");
        using (var killed = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            // What a process that was killed leaves: a file that nobody listens on.
            killed.Bind(new UnixDomainSocketEndPoint(path));
            File.Move(path, path + ".kept");
        }

        File.Move(path + ".kept", path);
        await using var proxy = await ServeAsync(new ProxyOptions
        {
            Operators = new OperatorOptions { Token = Token, UnixSocket = path },
        });
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = new Uri("http://localhost") };

        await AssertListenerAsync(client);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(proxy.Client, Path));
    }

    private static async Task AssertListenerAsync(HttpClient client)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, Path));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/proxy/health"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, "/api/v1/flags/"));
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, Path));
        Assert.Contains("environments", await client.GetStringAsync("/proxy/health?verbose"), StringComparison.Ordinal);
    }

    private static void AssertBrief(string health) =>
        Assert.Equal(["status", "reason", "last_successful_update"], JsonNode.Parse(health)!.AsObject().Select(static member => member.Key));

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return response.StatusCode;
    }

    private static Task<TestProxy> ServeAsync(ProxyOptions options) => TestProxy.ServeAsync(options, Documents.Small("env").ToJsonString());
}
