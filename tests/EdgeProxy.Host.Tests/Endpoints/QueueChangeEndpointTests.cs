using System.Net;
using EdgeProxy.Host.Endpoints;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Upstream;

namespace EdgeProxy.Host.Tests.Endpoints;

/// <summary><c>POST /sse/environments/&lt;key&gt;/queue-change</c>: what the Flagsmith API announces.</summary>
public sealed class QueueChangeEndpointTests
{
    private const string Path = "/sse/environments/env/queue-change";
    private const string Newer = """{"updated_at":"2026-11-02T10:00:00.123456+00:00"}""";

    [Theory]
    [InlineData(Path, Newer)]
    [InlineData(Path + "/", """{"updated_at":"2026-11-02T10:00:00"}""")]
    [InlineData("/sse/environments/%65nv/queue-change", """{"updated_at":"2026-11-02T10:00:00.5Z"}""")]
    [InlineData(Path, """{"updated_at":1793700000.123456}""")]
    [InlineData(Path, """{"updated_at":1793700000123}""")]
    public async Task Post_NewerThanTheDocument_FetchedAtOnce(string path, string body)
    {
        await using var polled = await StartAsync();
        polled.Upstream.SetDocument("ser.env", DocumentOf("2026-11-03T10:00:00Z"));

        Assert.Equal((200, "{}"), await PostAsync(polled, path, body));

        await Patience.UntilAsync(async () => await polled.PlainAsync() == "second", "the change, while the clock stands");
    }

    [Fact]
    public async Task Post_AThousandWithinASecond_OneFetchAndTheLastChangeIsServed()
    {
        await using var polled = await StartAsync();
        polled.Upstream.SetDocument("ser.env", DocumentOf("2026-11-03T10:00:00Z"));

        await Task.WhenAll(Enumerable.Range(0, 10).Select(async sender =>
        {
            for (var i = 0; i < 100; i++)
            {
                Assert.Equal((200, "{}"), await PostAsync(polled, Path, $$"""{"updated_at":"2026-11-02T10:00:{{sender + 10}}.{{i:000}}Z"}"""));
            }
        }));

        await Patience.UntilAsync(async () => await polled.PlainAsync() == "second", "the change, while the clock stands");
        Assert.Equal(2, polled.Upstream.Requests.Count);
    }

    [Theory]
    [InlineData("""{"updated_at":"2026-11-01T12:00:00.250000+00:00"}""")] // served
    [InlineData("""{"updated_at":"2026-11-24T12:00:00+00:00"}""")] // two days ahead
    [InlineData("""{"updated_at":0}""")]
    [InlineData("""{"updated_at":-5}""")]
    [InlineData("""{"updated_at":1e999}""")]
    public async Task Post_NothingToFetch_AcceptedAndIgnored(string body)
    {
        await using var polled = await StartAsync();

        Assert.Equal((200, "{}"), await PostAsync(polled, Path, body));

        Assert.False(polled.Environment.Refreshes.IsRequested);
        Assert.Single(polled.Upstream.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"updated_at":null}""")]
    [InlineData("""{"updated_at":true}""")]
    [InlineData("""{"updated_at":"yesterday"}""")]
    [InlineData("""{"updated_at":"\ud800"}""")]
    public async Task Post_NoTime_400(string body)
    {
        await using var polled = await StartAsync();

        Assert.Equal(400, (await PostAsync(polled, Path, body)).Status);
        Assert.Single(polled.Upstream.Requests);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Token wrong")]
    [InlineData("Token the-token2")]
    [InlineData("Bearer the-token")]
    public async Task Post_WrongToken_401(string? authorization)
    {
        await using var polled = await StartAsync();

        Assert.Equal((401, """{"detail":"Invalid token"}"""), await PostAsync(polled, Path, Newer, authorization));
        Assert.Single(polled.Upstream.Requests);
    }

    [Theory]
    [InlineData("/sse/environments/other/queue-change")]
    [InlineData("/sse/environments/ser.env/queue-change")]
    public async Task Post_NoClientSideKey_AcceptedAndCounted(string path)
    {
        await using var polled = await StartAsync();

        Assert.Equal((200, "{}"), await PostAsync(polled, path, Newer));

        Assert.Single(polled.Upstream.Requests);
        var exposed = await Exposition.OfAsync(polled.Proxy);
        Assert.Equal(1, exposed.Sum("edgeproxy_ignored_changes_total"));
        Assert.Equal(0, exposed.Sum("edgeproxy_announced_changes_total"));
    }

    [Fact]
    public async Task Post_MoreThan4KiB_413()
    {
        await using var polled = await StartAsync();

        Assert.Equal(413, (await PostAsync(polled, Path, Newer + new string(' ', 4096))).Status);
    }

    [Fact]
    public async Task Post_ChunkedBodyInPieces_Read()
    {
        await using var polled = await StartAsync();
        polled.Upstream.SetDocument("ser.env", DocumentOf("2026-11-03T10:00:00Z"));
        await using var connection = await RawConnection.OpenAsync(polled.Proxy.Address);
        await connection.SendAsync("POST /sse/environments/env/queue-change HTTP/1.1\r\nHost: test\r\nAuthorization: Token the-token\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"upd\r\n"u8.ToArray());
        await connection.SendAsync("24\r\nated_at\":\"2026-11-02T10:00:00Z\"}    \r\n0\r\n\r\n"u8.ToArray());

        Assert.Equal(200, (await connection.ReadResponseAsync()).Status);
        await Patience.UntilAsync(async () => await polled.PlainAsync() == "second", "the change");
    }

    [Fact]
    public async Task Get_405()
    {
        await using var polled = await StartAsync();
        using var response = await polled.Proxy.SendAsync(HttpMethod.Get, Path, key: null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Any_NoToken_404(string method)
    {
        await using var polled = await PolledProxy.StartAsync();
        using var response = await polled.Proxy.SendAsync(new HttpMethod(method), Path, key: null, method == "POST" ? Newer : null, ("Authorization", "Token "));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("""{"detail":"Not Found"}""", await response.Content.ReadAsStringAsync());
    }

    private static byte[] DocumentOf(string updatedAt) => PolledProxy.Document("second", document => document["updated_at"] = updatedAt);

    private static Task<PolledProxy> StartAsync() =>
        PolledProxy.StartAsync(configure: static (ProxyOptions options) => options with { Realtime = new RealtimeOptions { Token = "the-token" } });

    private static async Task<(int Status, string Body)> PostAsync(PolledProxy polled, string path, string body, string? authorization = "Token the-token")
    {
        (string, string)[] headers = authorization is null ? [] : [("Authorization", authorization)];
        using var response = await polled.Proxy.SendAsync(HttpMethod.Post, path, key: null, body, headers);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
