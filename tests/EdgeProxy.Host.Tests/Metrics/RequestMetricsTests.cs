using System.Text;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Metrics;

public sealed class RequestMetricsTests
{
    private const string Requests = "edgeproxy_requests_total";
    private const string Durations = "edgeproxy_request_duration_seconds";

    private static string Document(string key = "env", string name = "Test")
    {
        var document = Documents.Small(key);
        document["name"] = name;
        return document.ToJsonString();
    }

    [Fact]
    public async Task Requests_ManyAtOnce_EachCountedOnceByEnvironmentEndpointAndStatus()
    {
        const int Clients = 8;
        const int Each = 200;
        await using var proxy = await TestProxy.ServeAsync(Document("a", "A"), Document("b", "B"));

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                await proxy.GetAsync("/api/v1/flags/", "a");
                await proxy.PostIdentityAsync(client % 2 == 0 ? "b" : "ser.b", """{"identifier":"x"}""");
                using var wrong = await proxy.SendAsync(HttpMethod.Post, "/api/v1/identities/", "b", "[]");
                using var unknown = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "c");
                using var nowhere = await proxy.SendAsync(HttpMethod.Get, "/elsewhere", "a");
            }
        })));
        var exposed = await UntilAsync(proxy, static exposed => exposed.Sum(Requests, ("endpoint", "none")) >= Clients * Each);

        Assert.Equal(Clients * Each, exposed.Sum(Requests, ("environment", "A"), ("endpoint", "flags"), ("status", "200")));
        Assert.Equal(Clients * Each, exposed.Sum(Requests, ("environment", "B"), ("endpoint", "identities"), ("status", "200")));
        Assert.Equal(Clients * Each, exposed.Sum(Requests, ("environment", "B"), ("endpoint", "identities"), ("status", "422")));
        Assert.Equal(Clients * Each, exposed.Sum(Requests, ("environment", ""), ("endpoint", "flags"), ("status", "401")));
        Assert.Equal(Clients * Each, exposed.Sum(Requests, ("environment", ""), ("endpoint", "none"), ("status", "404")));
        Assert.Equal(Clients * Each, exposed.Sum("edgeproxy_identities_evaluated_total", ("environment", "B")));
        Assert.Equal(2 * Clients * Each, exposed.Sum($"{Durations}_count", ("endpoint", "flags")));
        Assert.Equal(2 * Clients * Each, exposed.Sum($"{Durations}_count", ("endpoint", "identities")));
    }

    [Fact]
    public async Task Durations_OfARequestThatTakesThreeSeconds_CumulativeBucketsAndTheSum()
    {
        var time = new ManualTimeProvider();
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions { Demo = true }, time);
        await proxy.WaitUntilLoadedAsync();
        var body = """{"identifier":"x"}"""u8.ToArray();
        await using var connection = await RawConnection.OpenAsync(proxy.Address);
        await connection.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/identities/ HTTP/1.1\r\nHost: test\r\nX-Environment-Key: demo\r\nExpect: 100-continue\r\nContent-Length: {body.Length}\r\n\r\n"));
        Assert.Equal(100, (await connection.ReadResponseAsync()).Status); // so the request has begun
        time.Advance(TimeSpan.FromSeconds(3));
        await connection.SendAsync(body);
        Assert.Equal(200, (await connection.ReadResponseAsync()).Status);
        var exposed = await UntilAsync(proxy, static exposed => exposed.Sum($"{Durations}_count", ("endpoint", "identities")) == 1);

        var buckets = exposed.Find($"{Durations}_bucket", ("endpoint", "identities")).ToList();
        Assert.All(buckets, static bucket => Assert.Equal(bucket.Labels["le"] is "5" or "+Inf" ? 1 : 0, bucket.Value));
        Assert.Equal("+Inf", buckets[^1].Labels["le"]);
        Assert.Equal(3, exposed.Sum($"{Durations}_sum", ("endpoint", "identities")), 6);

        // All others took no time, as the clock stood, which is the first bucket.
        using var flags = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "demo");
        exposed = await UntilAsync(proxy, static exposed => exposed.Sum($"{Durations}_count", ("endpoint", "flags")) == 1);
        Assert.All(exposed.Find($"{Durations}_bucket", ("endpoint", "flags")), static bucket => Assert.Equal(1, bucket.Value));
    }

    [Fact]
    public async Task Requests_ClientGoneBeforeItsAnswer_CountedAndNotAsAnswered()
    {
        await using var proxy = await TestProxy.ServeAsync(Document());
        await using (var connection = await RawConnection.OpenAsync(proxy.Address))
        {
            await connection.SendAsync("POST /api/v1/identities/ HTTP/1.1\r\nHost: test\r\nX-Environment-Key: env\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n"u8.ToArray());
            Assert.Equal(100, (await connection.ReadResponseAsync()).Status);
        }

        var exposed = await UntilAsync(proxy, static exposed => exposed.Sum(Requests, ("endpoint", "identities")) == 1);

        // The server finds out by the end of the body, or by that of the connection.
        Assert.Contains(Assert.Single(exposed.Find(Requests, ("endpoint", "identities"))).Labels["status"], (string[])["400", "499"]);
        Assert.Equal(0, exposed.Sum("edgeproxy_identities_evaluated_total"));
    }

    [Fact]
    public async Task Requests_OfEveryOtherKind_CountedWithoutAnEnvironment()
    {
        await using var proxy = await TestProxy.ServeAsync(Document());
        using var live = await proxy.Client.GetAsync("/proxy/health/liveness");
        using var ready = await proxy.Client.GetAsync("/health");
        using var listed = await proxy.Client.GetAsync("/proxy/environments");
        using var preflight = await proxy.SendAsync(
            HttpMethod.Options, "/api/v1/flags/", "env", null, ("Origin", "https://x.example"), ("Access-Control-Request-Method", "GET"));
        using var wrongMethod = await proxy.SendAsync(HttpMethod.Delete, "/api/v1/flags/", "env");
        using var wrongAudience = await proxy.SendAsync(HttpMethod.Get, "/api/v1/environment-document/", "env");
        _ = await Exposition.OfAsync(proxy);
        var exposed = await UntilAsync(proxy, static exposed => exposed.Sum(Requests, ("endpoint", "metrics")) >= 1);

        string[] expected =
        [
            " environments 200 1", " flags 405 1", " liveness 200 1", " preflight 200 1", " readiness 200 1", "Test environment-document 401 1",
        ];
        Assert.Equal(expected, exposed.Find(Requests)
            .Where(static sample => sample.Labels["endpoint"] != "metrics")
            .Select(static sample => $"{sample.Labels["environment"]} {sample.Labels["endpoint"]} {sample.Labels["status"]} {sample.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Series_OfHostileClients_NoneThatAClientMadeUp()
    {
        await using var proxy = await TestProxy.ServeAsync(Document());
        _ = await Exposition.OfAsync(proxy); // which is a series of its own
        await SendNonsenseAsync(proxy, seed: 1);
        var before = await UntilAsync(proxy, static exposed => exposed.Sum(Requests, ("endpoint", "none")) >= 100);
        await SendNonsenseAsync(proxy, seed: 2);
        var after = await UntilAsync(proxy, static exposed => exposed.Sum(Requests, ("endpoint", "none")) >= 200);

        Assert.Equal(before.Samples.Select(static sample => sample.Series), after.Samples.Select(static sample => sample.Series));
        Assert.DoesNotContain(after.Samples, static sample => sample.Labels.Values.Any(static value => value.Contains("nonsense", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Labels_OfAnEnvironmentWithAnOddName_Escaped()
    {
        const string Name = "a \"quoted\" \\ name\nof two lines, {really}=\"x\"} 5";
        await using var proxy = await TestProxy.ServeAsync(Document("env", Name));
        await proxy.GetAsync("/api/v1/flags/", "env");

        var exposed = await UntilAsync(proxy, static exposed => exposed.Sum(Requests, ("endpoint", "flags")) == 1);

        Assert.Equal(Name, Assert.Single(exposed.Find(Requests, ("endpoint", "flags"))).Labels["environment"]);
        Assert.Equal(Name, Assert.Single(exposed.Find("edgeproxy_features")).Labels["environment"]);
    }

    [Fact]
    public async Task Labels_OfEnvironmentsOfOneNameAndAlikeKeys_DifferentAndWithoutTheKey()
    {
        string[] keys = ["aaaaaaaabbbbbbbbcccc1", "aaaaaaaabbbbbbbbcccc2"];
        await using var proxy = await TestProxy.ServeAsync([.. keys.Select(static key => Document(key))]);

        var exposed = await Exposition.OfAsync(proxy);

        Assert.Equal(2, exposed.Find("edgeproxy_features", ("environment", "Test")).Count());
        Assert.All(exposed.Samples, sample => Assert.DoesNotContain(sample.Labels.Values, value => keys.Any(key => value.Contains(key[..12], StringComparison.Ordinal))));
        Assert.All(exposed.Find("edgeproxy_features"), static sample => Assert.Matches("^aaaaaaaa…[0-9a-f]{8}$", sample.Labels["environment_key"]));
    }

    private static async Task SendNonsenseAsync(TestProxy proxy, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 100; i++)
        {
            using var path = await proxy.SendAsync(new HttpMethod($"NONSENSE{random.Next()}"), $"/nonsense/{random.Next()}?{random.Next()}", $"nonsense{random.Next()}");
            using var key = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", $"nonsense{random.Next()}");
            using var method = await proxy.SendAsync(new HttpMethod($"NONSENSE{random.Next()}"), "/api/v1/flags/", "env");
            using var feature = await proxy.SendAsync(HttpMethod.Get, $"/api/v1/flags/?feature=nonsense{random.Next()}", "env");
            using var identity = await proxy.SendAsync(HttpMethod.Get, $"/api/v1/identities/?identifier=nonsense{random.Next()}", "env");
        }
    }

    /// <summary>A request is counted right after its last byte was sent, so that who got that may be sooner.</summary>
    private static async Task<Exposition> UntilAsync(TestProxy proxy, Func<Exposition, bool> holds)
    {
        var exposed = await Exposition.OfAsync(proxy);
        await Patience.UntilAsync(async () => holds(exposed) || holds(exposed = await Exposition.OfAsync(proxy)), "the requests to be counted");
        return exposed;
    }
}
