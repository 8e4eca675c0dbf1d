using System.Net;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Streams;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Host.Tests.Endpoints;

/// <summary><c>GET /sse/environments/&lt;key&gt;/stream</c>: who gets a stream, and how it begins (docs/spec/realtime.md 4).</summary>
public sealed class RealtimeStreamEndpointTests
{
    private const string Path = "/sse/environments/env/stream";
    private const string Page = "https://shop.example";

    [Theory]
    [InlineData("env")]
    [InlineData("%65nv")]
    public async Task Get_KnownKey_HeadAndFirstChunk(string key)
    {
        await using var proxy = await StreamedProxy.StartAsync();

        await using var stream = await RawStream.OpenAsync(proxy.Proxy.Address, key, ("Origin", Page), ("Accept-Encoding", "gzip, br"));

        Assert.Equal("HTTP/1.1 200 OK", stream.Head[0]);
        Assert.Equal(
            [
                "Access-Control-Allow-Origin: *", "Cache-Control: no-cache, no-transform", "Content-Type: text/event-stream",
                "Transfer-Encoding: chunked", "Vary: X-Environment-Key, Accept-Encoding, Origin", "X-Accel-Buffering: no", "X-Content-Type-Options: nosniff",
            ],
            stream.Head.Skip(1).Where(static line => !line.StartsWith("Date:", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var retry = Assert.Single(stream.Opening!.Split('\n'), static line => line.StartsWith("retry: ", StringComparison.Ordinal));
        Assert.InRange(int.Parse(retry["retry: ".Length..], System.Globalization.CultureInfo.InvariantCulture), 5000, 15000);
        Assert.Equal($":\n{retry}\n\n", stream.Opening);
    }

    [Fact]
    public async Task Get_WithFinalSlash_TheSame()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        using var response = await proxy.Proxy.Client.GetAsync(new Uri(Path + "/", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("ser.env")]
    public async Task Get_NoClientSideKey_404AfterASecond(string key)
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using var stream = await RawStream.RequestAsync(proxy.Proxy.Address, key);
        var answer = stream.ReadHeadAsync();
        await proxy.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        proxy.Time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(answer.IsCompleted);
        proxy.Time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(404, await answer);
        await stream.SkipAsync("""{"detail":"Not Found: no environment with this client-side key"}""");
        Assert.Contains("Access-Control-Allow-Origin: *", stream.Head);
    }

    [Fact]
    public async Task Get_KeyThatBecomesKnownInThatSecond_Stream()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using var stream = await RawStream.RequestAsync(proxy.Proxy.Address, "late");
        await proxy.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        proxy.Proxy.Registry.SetConfigured([proxy.Environment, new EnvironmentState("late", "ser.late", EnvironmentKind.Configured)]);
        proxy.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(200, await stream.ReadHeadAsync());
    }

    [Fact]
    public async Task Get_MoreUnknownKeysThanMayWait_OthersAtOnce()
    {
        await using var proxy = await StreamedProxy.StartAsync(new StreamOptions { MaxStreams = 5 });
        await using var first = await RawStream.RequestAsync(proxy.Proxy.Address, "one");
        await using var second = await RawStream.RequestAsync(proxy.Proxy.Address, "two");
        var brake = proxy.Proxy.Services.GetRequiredService<StreamBrake>();
        await Patience.UntilAsync(() => brake.Waiting == 2, "two waiting requests");

        await using var third = await RawStream.RequestAsync(proxy.Proxy.Address, "three");
        Assert.Equal(404, await third.ReadHeadAsync());

        await first.DisposeAsync(); // a client that goes frees its place
        await Patience.UntilAsync(() => brake.Waiting == 1, "one waiting request");
    }

    [Fact]
    public async Task Get_LimitIsReached_503AndLoggedAndFreedAgain()
    {
        await using var proxy = await StreamedProxy.StartAsync(new StreamOptions { MaxStreams = 2, MaxRealtimeAge = TimeSpan.Zero });
        await using var first = await proxy.OpenAsync();
        await using var second = await proxy.OpenAsync();

        await using var third = await RawStream.RequestAsync(proxy.Proxy.Address, "env");
        await proxy.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        proxy.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(503, await third.ReadHeadAsync());
        Assert.Contains("Retry-After: 10", third.Head);
        await proxy.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.StreamRejected);
        Assert.Equal(1, (await Exposition.OfAsync(proxy.Proxy)).Sum("edgeproxy_rejected_streams_total"));
        await first.DisposeAsync();
        await Patience.UntilAsync(() => proxy.Open == 1, "the end of the first stream");
        await using var fourth = await proxy.OpenAsync();
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Request_OtherMethod_405(string method)
    {
        await using var proxy = await StreamedProxy.StartAsync();
        using var response = await proxy.Proxy.SendAsync(new HttpMethod(method), Path, key: null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "OPTIONS"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("*", true, "*")]
    [InlineData("*", false, "*")]
    [InlineData(Page, true, Page)]
    [InlineData("https://other.example", true, null)]
    public async Task Request_WithOrigin_AnyAllowedOriginWithoutCredentials(string allowed, bool hasOrigin, string? granted)
    {
        await using var proxy = await StreamedProxy.StartAsync(options => options with { Cors = new CorsOptions { AllowOrigins = [allowed] } });
        (string, string)[] headers = hasOrigin ? [("Origin", Page)] : [];
        await using var stream = await proxy.OpenAsync(headers);

        Assert.Equal(granted, Value(stream.Head, "Access-Control-Allow-Origin"));
        Assert.Null(Value(stream.Head, "Access-Control-Allow-Credentials"));
        Assert.Equal("X-Environment-Key, Accept-Encoding, Origin", Value(stream.Head, "Vary"));
    }

    [Fact]
    public async Task Options_204()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        using var plain = await proxy.Proxy.SendAsync(HttpMethod.Options, Path, key: null);
        using var preflight = await proxy.Proxy.SendAsync(
            HttpMethod.Options, Path, key: null, body: null,
            ("Origin", Page), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "cache-control, last-event-id"));

        Assert.Equal(HttpStatusCode.NoContent, plain.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal(["*"], preflight.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["cache-control, last-event-id"], preflight.Headers.GetValues("Access-Control-Allow-Headers"));
        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Get_NotServed_UnknownPath()
    {
        await using var proxy = await StreamedProxy.StartAsync(new StreamOptions { Serve = false });
        using var response = await proxy.Proxy.SendAsync(HttpMethod.Get, Path, key: null);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("""{"detail":"Not Found"}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Get_Overload_Stream()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        proxy.Proxy.Services.GetRequiredService<LoadShedder>().Share = 0;
        using var flags = await proxy.Proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "env");

        await using var stream = await proxy.OpenAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, flags.StatusCode);
        Assert.Equal("HTTP/1.1 200 OK", stream.Head[0]); // a browser would never ask again after a 503
    }

    [Fact]
    public async Task Get_Http10_EndedByTheConnection()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using var connection = await RawConnection.OpenAsync(proxy.Proxy.Address);
        await connection.SendAsync("GET /sse/environments/env/stream HTTP/1.0\r\n\r\n"u8.ToArray());

        await connection.ReadResponseAsync();

        Assert.Contains("Connection: close", connection.LatestHead);
        Assert.DoesNotContain("Transfer-Encoding: chunked", connection.LatestHead);
    }

    private static string? Value(IEnumerable<string> head, string name) =>
        head.Select(static line => line.Split(": ", 2)).FirstOrDefault(header => header[0] == name)?[1];
}
