using System.Text;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http;

/// <summary>Limits for one client, over raw sockets; another client is not affected.</summary>
public sealed class LimitsTests
{
    public static TheoryData<string, int> BadRequests => new()
    {
        { "NOT HTTP AT ALL\r\n\r\n", 400 },
        { "GET / HTTP/1.1\r\n\r\n", 400 }, // no host
        { "GET / HTTP/1.1\r\nHost: a\r\nBroken\r\n\r\n", 400 },
        { "POST /api/v1/identities/ HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n", 400 },
        { $"GET /{new string('a', 1000)} HTTP/1.1\r\nHost: a\r\n\r\n", 414 },
        { $"GET / HTTP/1.1\r\nHost: a\r\nX-Large: {new string('a', 2000)}\r\n\r\n", 431 },
        { $"GET / HTTP/1.1\r\nHost: a\r\n{string.Concat(Enumerable.Range(0, 10).Select(static i => $"X-{i}: a\r\n"))}\r\n", 431 },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task Request_BeyondHttpOrItsLimits_RefusedWithoutAWord(string request, int status)
    {
        await using var proxy = await StartAsync(new ServerLimitOptions { MaxRequestLineBytes = 512, MaxHeaderBytes = 1024, MaxHeaders = 8 });
        await using var other = await RawConnection.OpenAsync(proxy.Address);
        Assert.Equal(200, (await other.GetAsync("/api/v1/flags/", "demo")).Status);
        await using var bad = await RawConnection.OpenAsync(proxy.Address);

        await bad.SendAsync(Encoding.ASCII.GetBytes(request));

        Assert.Equal(new RawResponse(status, ""), await bad.ReadResponseAsync());
        await Assert.ThrowsAnyAsync<IOException>(bad.ReadResponseAsync);
        Assert.Equal(200, (await other.GetAsync("/api/v1/flags/", "demo")).Status);
    }

    [Fact]
    public async Task Headers_ThatDrip_CutOff()
    {
        await using var proxy = await StartAsync(new ServerLimitOptions { HeadersTimeout = TimeSpan.FromSeconds(1) });
        await using var slow = await RawConnection.OpenAsync(proxy.Address);

        await slow.SendAsync("GET /api/v1/flags/ HTTP/1.1\r\nHost: a\r\nX-"u8.ToArray());

        Assert.Equal(new RawResponse(408, ""), await slow.ReadResponseAsync());
        await Assert.ThrowsAnyAsync<IOException>(slow.ReadResponseAsync);
        Assert.Equal("", await OtherAsync(proxy));
    }

    [Fact]
    public async Task Body_ThatDrips_CutOff()
    {
        await using var proxy = await StartAsync(new ServerLimitOptions());
        await using var slow = await RawConnection.OpenAsync(proxy.Address);

        await slow.SendAsync("POST /api/v1/identities/ HTTP/1.1\r\nHost: a\r\nX-Environment-Key: demo\r\nContent-Length: 10000\r\n\r\n{"u8.ToArray());

        Assert.Equal(408, (await slow.ReadResponseAsync()).Status);
        await Assert.ThrowsAnyAsync<IOException>(slow.ReadResponseAsync);
        Assert.Equal("", await OtherAsync(proxy));
    }

    [Fact]
    public async Task Answer_ThatNobodyReads_CutOff()
    {
        var document = Documents.Small("big");
        document["padding"] = new string('x', 32 * 1024 * 1024);
        var options = new ProxyOptions { Limits = new ServerLimitOptions { MinBytesPerSecond = 1024 * 1024 } };
        await using var proxy = await TestProxy.ServeAsync(options, document.ToJsonString());
        await using var slow = await RawConnection.OpenAsync(proxy.Address);
        await slow.SendAsync("GET /api/v1/environment-document/ HTTP/1.1\r\nHost: a\r\nX-Environment-Key: ser.big\r\n\r\n"u8.ToArray());

        await proxy.Log.WaitForAsync(static entry => entry.Message.Contains("MinResponseDataRate", StringComparison.OrdinalIgnoreCase)
            || entry.Message.Contains("response data rate", StringComparison.OrdinalIgnoreCase)
            || entry.Message.Contains("was not read by the client at the specified minimum data rate", StringComparison.Ordinal));

        await Assert.ThrowsAnyAsync<IOException>(slow.ReadResponseAsync);
        using var answer = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "big");
        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Connections_OneTooMany_ClosedAtOnce()
    {
        await using var proxy = await StartAsync(new ServerLimitOptions { MaxConnections = 2 });
        await using var first = await RawConnection.OpenAsync(proxy.Address);
        await using var second = await RawConnection.OpenAsync(proxy.Address);
        Assert.Equal(200, (await first.GetAsync("/api/v1/flags/", "demo")).Status);
        Assert.Equal(200, (await second.GetAsync("/api/v1/flags/", "demo")).Status);

        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            await using var third = await RawConnection.OpenAsync(proxy.Address);
            await third.ReadResponseAsync();
        });

        Assert.Equal(200, (await first.GetAsync("/api/v1/flags/", "demo")).Status);
        await second.DisposeAsync();
        await Patience.UntilAsync(
            async () =>
            {
                try
                {
                    await using var next = await RawConnection.OpenAsync(proxy.Address);
                    return (await next.GetAsync("/api/v1/flags/", "demo")).Status == 200;
                }
                catch (IOException)
                {
                    return false;
                }
            },
            "the place to be free again");
    }

    [Theory]
    [InlineData(3, 200)]
    [InlineData(4, 422)]
    public async Task Traits_UpToAndBeyondTheLimit_TakenAndRefused(int count, int status)
    {
        await using var proxy = await StartAsync(new ProxyOptions { Identities = new IdentityOptions { MaxTraits = 3 } });
        var traits = string.Join(',', Enumerable.Range(0, count).Select(static i => $$"""{"trait_key":"t{{i}}","trait_value":{{i}}}"""));
        await using var connection = await RawConnection.OpenAsync(proxy.Address);

        var answer = await connection.PostAsync("/api/v1/identities/", "demo", Encoding.UTF8.GetBytes($$"""{"traits":[{{traits}}],"identifier":"bob"}"""));

        Assert.Equal(status, answer.Status);
        if (status == 422)
        {
            Assert.Equal("""{"detail":[{"type":"too_long","loc":["body","traits"],"msg":"List should have at most 3 items"}]}""", answer.Body);
        }

        Assert.Equal(200, (await connection.GetAsync("/api/v1/flags/", "demo")).Status);
    }

    private static async Task<string> OtherAsync(TestProxy proxy)
    {
        using var answer = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "demo");
        return answer.IsSuccessStatusCode ? "" : $"{answer.StatusCode}";
    }

    private static Task<TestProxy> StartAsync(ServerLimitOptions limits) => StartAsync(new ProxyOptions { Limits = limits });

    private static async Task<TestProxy> StartAsync(ProxyOptions options)
    {
        var proxy = await TestProxy.StartAsync(options with { Demo = true });
        await proxy.WaitUntilLoadedAsync();
        return proxy;
    }
}
