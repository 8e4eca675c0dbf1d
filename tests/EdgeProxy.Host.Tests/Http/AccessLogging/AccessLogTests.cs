using System.Globalization;
using System.Net;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Http.AccessLogging;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http.AccessLogging;

/// <summary>A line for each request, if wanted.</summary>
public sealed class AccessLogTests
{
    [Theory]
    [InlineData("GET", "/api/v1/flags/?feature=secret-thing", "GET /api/v1/flags/ 404")]
    [InlineData("GET", "/api/v1/flags", "GET /api/v1/flags/ 200")]
    [InlineData("GET", "/api/v1/identities/?identifier=olga", "GET /api/v1/identities/ 200")]
    [InlineData("POST", "/api/v1/identities/", "POST /api/v1/identities/ 422")]
    [InlineData("GET", "/health", "GET /proxy/health/readiness 200")]
    [InlineData("GET", "/proxy/environments/demo/changes", "GET /proxy/environments/{key}/changes 200")]
    [InlineData("GET", "/proxy/environments/somebodys-key/changes", "GET /proxy/environments/{key}/changes 404")]
    [InlineData("GET", "/proxy/explain?identifier=olga", "GET /proxy/explain 200")]
    [InlineData("GET", "/made/up%0Aby/somebody", "GET - 404")]
    [InlineData("MADEUP", "/api/v1/flags/", "- /api/v1/flags/ 405")]
    public async Task Request_LogOn_OneLineWithoutWhatClientsMakeUp(string method, string target, string expected)
    {
        await using var proxy = await StartAsync(trusted: null);

        (await proxy.SendAsync(new HttpMethod(method), target, "demo")).Dispose();

        var entry = await proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.Access);
        Assert.StartsWith($"127.0.0.1 {expected} ", entry.Message, StringComparison.Ordinal);
        var words = entry.Message.Split(' ');
        var duration = words[Array.IndexOf(words, "ms") - 1];
        Assert.InRange(double.Parse(duration, CultureInfo.InvariantCulture), 0, Patience.Limit.TotalMilliseconds);
    }

    [Theory]
    [InlineData("GET", "/api/v1/flags/")]
    [InlineData("GET", "/proxy/explain")]
    [InlineData("GET", "/proxy/environments/demo/changes")]
    [InlineData("POST", "/proxy/environments/demo/release")]
    public async Task Request_WithKeyAndTrace_EnvironmentAndTrace(string method, string target)
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        await using var proxy = await StartAsync(trusted: null);

        (await proxy.SendAsync(new HttpMethod(method), target, "demo", headers: ("traceparent", $"00-{Trace}-b7ad6b7169203331-01"))).Dispose();

        var entry = await proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.Access);
        Assert.EndsWith($" ms 'Demo' (de…) trace {Trace}", entry.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("made up")]
    public async Task Request_InvalidTrace_NotLogged(string trace)
    {
        await using var proxy = await StartAsync(trusted: null);
        await using var connection = await RawConnection.OpenAsync(proxy.Address);

        await connection.SendAsync(System.Text.Encoding.ASCII.GetBytes($"GET /api/v1/flags/ HTTP/1.1\r\nHost: test\r\nX-Environment-Key: unknown\r\ntraceparent: {trace}\r\n\r\n"));

        var entry = await proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.Access);
        Assert.EndsWith(" ms", entry.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_BodyThatComesLate_LineWhenItIsAnswered()
    {
        await using var proxy = await StartAsync(trusted: null);
        await using var slow = await RawConnection.OpenAsync(proxy.Address);
        await slow.SendAsync("POST /api/v1/identities/ HTTP/1.1\r\nHost: test\r\nX-Environment-Key: demo\r\nContent-Length: 20\r\n\r\n{\"identifier\""u8.ToArray());
        (await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "demo")).Dispose();
        await proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.Access);
        Assert.Single(proxy.Log.Entries, static entry => entry.EventId == EventIds.Access);

        await slow.SendAsync(":\"bob\"}"u8.ToArray());

        await proxy.Log.WaitForAsync(static entry => entry.Message.Contains("POST /api/v1/identities/ 200", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.113.7")]
    [InlineData("10.0.0.0/8", "127.0.0.1")]
    public async Task Request_ForwardedFor_BelievedOfTrustedPeersOnly(string? trusted, string expected)
    {
        await using var proxy = await StartAsync(trusted);

        (await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "demo", headers: ("X-Forwarded-For", "6.6.6.6, 203.0.113.7"))).Dispose();

        var entry = await proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.Access);
        Assert.StartsWith($"{expected} ", entry.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Operators_ForwardedAsFromTheMachineItself_NotBelieved(string address)
    {
        // Not the demo alone, whose operators' paths are open.
        await using var proxy = await TestProxy.ServeAsync(
            new ProxyOptions { AccessLog = new AccessLogOptions { IsEnabled = true, UsesProxyHeaders = true, ForwardedAllowIps = TrustedPeers.TryCreate(["127.0.0.1"])! } },
            Documents.Small("a-key").ToJsonString());

        using var answer = await proxy.SendAsync(HttpMethod.Get, "/proxy/environments", key: null, headers: ("X-Forwarded-For", address));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Request_LogOff_NoLine()
    {
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions { Demo = true });

        (await proxy.SendAsync(HttpMethod.Get, "/health", key: null)).Dispose();

        Assert.DoesNotContain(proxy.Log.Entries, static entry => entry.EventId == EventIds.Access);
    }

    private static async Task<TestProxy> StartAsync(string? trusted)
    {
        var proxy = await TestProxy.StartAsync(new ProxyOptions
        {
            Demo = true,
            AccessLog = new AccessLogOptions
            {
                IsEnabled = true,
                UsesProxyHeaders = trusted is not null,
                ForwardedAllowIps = TrustedPeers.TryCreate([trusted ?? "127.0.0.1"])!,
            },
        });
        await proxy.WaitUntilLoadedAsync();
        return proxy;
    }
}
