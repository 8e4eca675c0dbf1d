using System.Security.Cryptography;
using System.Text;
using EdgeProxy.Host.Endpoints;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Upstream;

namespace EdgeProxy.Host.Tests.Endpoints;

/// <summary><c>POST /proxy/webhook</c>: what Flagsmith's webhooks announce.</summary>
public sealed class WebhookEndpointTests
{
    private const string Path = "/proxy/webhook";
    private const string OfEnvironment = """{"event_type":"FLAG_UPDATED","data":{"new_state":{"environment":{"id":1}}}}""";

    [Theory]
    [InlineData(OfEnvironment)]
    [InlineData("""{"event_type":"FLAG_DELETED","data":{"new_state":null,"previous_state":{"environment":{"id":1}}}}""")]
    [InlineData("""{"event_type":"NEW_VERSION_PUBLISHED","data":{"uuid":"x"}}""")]
    [InlineData("""{"event_type":"AUDIT_LOG_CREATED","data":{"new_state":{"environment":{"id":99}}}}""")]
    [InlineData("{}")]
    public async Task Post_Signed_Fetched(string body)
    {
        await using var polled = await StartAsync();
        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("second"));

        Assert.Equal((200, "{}"), await PostAsync(polled, body));

        await Patience.UntilAsync(async () => await polled.PlainAsync() == "second", "the change, while the clock stands");
    }

    [Fact]
    public async Task Post_OtherEnvironment_AcceptedAndCounted()
    {
        await using var polled = await StartAsync();

        Assert.Equal((200, "{}"), await PostAsync(polled, OfEnvironment.Replace("1", "2", StringComparison.Ordinal)));

        Assert.Single(polled.Upstream.Requests);
        Assert.Equal(1, (await Exposition.OfAsync(polled.Proxy)).Sum("edgeproxy_ignored_changes_total"));
    }

    [Fact]
    public async Task Post_AllTwiceInFiveSeconds_TheSecondAtTheirEnd()
    {
        await using var polled = await StartAsync();
        await PostAsync(polled, "{}");
        await polled.Upstream.WaitForRequestsAsync(2);
        await polled.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(12));

        await PostAsync(polled, "{}");
        await PostAsync(polled, "{}");
        await polled.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
        polled.Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(polled.Environment.Refreshes.IsRequested);
        Assert.Equal(2, polled.Upstream.Requests.Count);

        polled.Time.Advance(TimeSpan.FromSeconds(0.1));
        await polled.Upstream.WaitForRequestsAsync(3);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("no JSON")]
    public async Task Post_NoObject_400(string body)
    {
        await using var polled = await StartAsync();

        Assert.Equal(400, (await PostAsync(polled, body)).Status);
    }

    [Fact]
    public async Task Post_WrongSignature_401()
    {
        await using var polled = await StartAsync();
        var right = Sign(OfEnvironment);

        foreach (var wrong in (string?[])[null, "", right[1..], right.ToUpperInvariant(), new string('0', 64), Sign(OfEnvironment + " ")])
        {
            Assert.Equal((401, """{"detail":"Invalid signature"}"""), await PostAsync(polled, OfEnvironment, wrong));
        }

        Assert.Single(polled.Upstream.Requests);
    }

    [Fact]
    public async Task Post_MoreThan1MiB_413()
    {
        await using var polled = await StartAsync();
        var body = OfEnvironment + new string(' ', 1024 * 1024);

        Assert.Equal(413, (await PostAsync(polled, body)).Status);
        Assert.Equal(200, (await PostAsync(polled, body[..(1024 * 1024)])).Status);
    }

    [Fact]
    public async Task Post_ManyUnfinishedBodies_BoundedAndRoomAgainAfterwards()
    {
        await using var polled = await StartAsync();
        var signature = Sign(OfEnvironment);
        var head = Encoding.ASCII.GetBytes($"POST {Path} HTTP/1.1\r\nHost: test\r\nX-Flagsmith-Signature: {signature}\r\nContent-Length: {OfEnvironment.Length}\r\n\r\n");
        var waiting = new List<RawConnection>();
        try
        {
            for (var i = 0; i < 16; i++)
            {
                waiting.Add(await RawConnection.OpenAsync(polled.Proxy.Address));
                await waiting[^1].SendAsync(head);
            }

            await Patience.UntilAsync(async () => (await PostAsync(polled, OfEnvironment)).Status == 503, "all places to be taken");
            await waiting[0].SendAsync(Encoding.ASCII.GetBytes(OfEnvironment));
            Assert.Equal(200, (await waiting[0].ReadResponseAsync()).Status);
            await Patience.UntilAsync(async () => (await PostAsync(polled, OfEnvironment)).Status == 200, "a place");
        }
        finally
        {
            foreach (var connection in waiting)
            {
                await connection.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task Post_NoSecret_404()
    {
        await using var polled = await PolledProxy.StartAsync();

        Assert.Equal((404, """{"detail":"Not Found"}"""), await PostAsync(polled, OfEnvironment));
    }

    private static Task<PolledProxy> StartAsync() =>
        PolledProxy.StartAsync(configure: static (ProxyOptions options) => options with { Realtime = new RealtimeOptions { WebhookSecret = "secret" } });

    private static string Sign(string body) => Convert.ToHexStringLower(HMACSHA256.HashData("secret"u8, Encoding.UTF8.GetBytes(body)));

    private static Task<(int Status, string Body)> PostAsync(PolledProxy polled, string body) => PostAsync(polled, body, Sign(body));

    private static async Task<(int Status, string Body)> PostAsync(PolledProxy polled, string body, string? signature)
    {
        (string, string)[] headers = signature is null ? [] : [("X-Flagsmith-Signature", signature)];
        using var response = await polled.Proxy.SendAsync(HttpMethod.Post, Path, key: null, body, headers);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
