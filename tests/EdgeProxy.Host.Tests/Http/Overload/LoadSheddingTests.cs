using System.Net;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Host.Tests.Http.Overload;

/// <summary>Load shedding: which requests are rejected under overload.</summary>
public sealed class LoadSheddingTests
{
    private const string HalfOfAPost = "POST /api/v1/identities/ HTTP/1.1\r\nHost: test\r\nX-Environment-Key: demo\r\nContent-Length: 20\r\n\r\n{\"identifier\"";

    [Theory]
    [InlineData("GET", "/api/v1/flags/")]
    [InlineData("POST", "/api/v1/identities/")]
    [InlineData("GET", "/api/v1/environment-document/")]
    public async Task Request_ShareIsNone_TurnedAwayAndCounted(string method, string target)
    {
        await using var proxy = await StartAsync();
        var shedder = Shedder(proxy);
        shedder.Share = 0;

        using var answer = await proxy.SendAsync(new HttpMethod(method), target, "ser.demo", method == "POST" ? """{"identifier":"bob"}""" : null, ("Origin", "https://a.example"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("1", Assert.Single(answer.Headers.GetValues("Retry-After")));
        Assert.Equal("https://a.example", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("""{"status":"unavailable","message":"overloaded"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal(1, shedder.Shed);

        shedder.Share = LoadShedder.All;
        using var again = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "demo");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(1, shedder.Shed);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/proxy/health/readiness")]
    [InlineData("/proxy/health/liveness")]
    [InlineData("/proxy/environments")]
    public async Task Request_OfOperators_AnsweredInAnyCase(string target)
    {
        await using var proxy = await StartAsync();
        Shedder(proxy).Share = 0;

        using var answer = await proxy.SendAsync(HttpMethod.Get, target, key: null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, Shedder(proxy).Shed);
    }

    [Fact]
    public async Task Requests_ShareIsAQuarter_AQuarterAnswered()
    {
        await using var proxy = await StartAsync();
        Shedder(proxy).Share = LoadShedder.All / 4;

        var taken = 0;
        for (var i = 0; i < 400; i++)
        {
            await using var connection = await RawConnection.OpenAsync(proxy.Address); // one that was refused before would wait
            taken += (await connection.GetAsync("/api/v1/flags/", "demo")).Status == 200 ? 1 : 0;
        }

        Assert.InRange(taken, 80, 120); // each thread counts for itself
        Assert.Equal(400 - taken, Shedder(proxy).Shed);
    }

    [Fact]
    public async Task Request_ConnectionThatComesAgainTooSoon_AnsweredWhenItMayComeAgain()
    {
        var time = new ManualTimeProvider();
        await using var proxy = await StartAsync(time: time);
        await using var connection = await RawConnection.OpenAsync(proxy.Address);
        Shedder(proxy).Share = 0;
        Assert.Equal(503, (await connection.GetAsync("/api/v1/flags/", "demo")).Status);

        var refused = time.GetTimestamp();

        var again = connection.GetAsync("/api/v1/flags/", "demo");
        await Patience.UntilAsync(
            () =>
            {
                time.Advance(LoadShedder.RetryAfter / 100);
                return again.IsCompleted;
            },
            "the second answer");

        Assert.Equal(503, (await again).Status);
        Assert.InRange(time.GetElapsedTime(refused), LoadShedder.RetryAfter, TimeSpan.MaxValue);

        time.Advance(LoadShedder.RetryAfter);
        Assert.Equal(503, (await connection.GetAsync("/api/v1/flags/", "demo")).Status);
        Assert.Equal(3, Shedder(proxy).Shed);
    }

    [Fact]
    public async Task Requests_OnlyOneEnvironmentTakesTooMuch_NoneOfTheOtherRefused()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("victim").ToJsonString(), Documents.Small("greedy").ToJsonString());
        Shedder(proxy).Share = LoadShedder.All / 2;
        proxy.Registry.Find("victim")!.Environment.Load.Share = EnvironmentLoad.All;
        proxy.Registry.Find("greedy")!.Environment.Load.Share = 0;

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "victim")).StatusCode);
        }

        await using var connection = await RawConnection.OpenAsync(proxy.Address);
        Assert.Equal(503, (await connection.GetAsync("/api/v1/flags/", "greedy")).Status);
    }

    [Fact]
    public async Task Bodies_OneTooManyUnderWay_ThatOneTurnedAway()
    {
        await using var proxy = await StartAsync(new OverloadOptions { MaxConcurrentRequests = 1 });
        await using var first = await RawConnection.OpenAsync(proxy.Address);
        await first.SendAsync(System.Text.Encoding.ASCII.GetBytes(HalfOfAPost));
        await Patience.UntilAsync(() => Shedder(proxy).IsFull, "the first to wait for its body");
        await using var second = await RawConnection.OpenAsync(proxy.Address);
        await second.SendAsync(System.Text.Encoding.ASCII.GetBytes(HalfOfAPost));

        Assert.Equal(503, (await second.ReadResponseAsync()).Status);

        await using var whole = await RawConnection.OpenAsync(proxy.Address);
        await whole.SendAsync(System.Text.Encoding.ASCII.GetBytes(HalfOfAPost + ":\"bob\"}"));
        Assert.Equal(200, (await whole.ReadResponseAsync()).Status);
        await first.SendAsync(":\"bob\"}"u8.ToArray());
        Assert.Equal(200, (await first.ReadResponseAsync()).Status);
        await Patience.UntilAsync(() => !Shedder(proxy).IsFull, "the place to be free again");
        Assert.Equal(1, Shedder(proxy).Shed);
    }

    [Fact]
    public async Task Probe_ThreadsFree_ComesBackAndIsSentAgain()
    {
        using var probe = new QueueProbe(TimeProvider.System);
        for (var i = 0; i < 3; i++)
        {
            probe.Send();
            await Patience.UntilAsync(() => !probe.IsUnderWay, "the probe");
        }

        Assert.InRange(probe.Delay, TimeSpan.FromTicks(1), Patience.Limit);
    }

    private static LoadShedder Shedder(TestProxy proxy) => proxy.Services.GetRequiredService<LoadShedder>();

    private static async Task<TestProxy> StartAsync(OverloadOptions? limits = null, TimeProvider? time = null)
    {
        var proxy = await TestProxy.StartAsync(
            new ProxyOptions { Demo = true, Overload = limits ?? new OverloadOptions() }, time);
        await proxy.WaitUntilLoadedAsync();
        return proxy;
    }
}
