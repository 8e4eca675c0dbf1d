using System.Text.Json.Nodes;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http.Ofrep;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Streams;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Upstream;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Host.Tests.Streams;

/// <summary>The event stream of OFREP, byte by byte (docs/spec/ofrep.md 11.2 and 11.3).</summary>
public sealed class OfrepStreamTests
{
    private const string Events = "/ofrep/v1/events?environment=env";

    [Fact]
    public async Task Open_LoadedEnvironment_RetryAndTheRevision()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using var stream = await OpenAsync(proxy);

        Assert.Matches($"^retry: ([2-9][0-9]{{3}}|10000)\n\nevent: message\nid: {Revision(proxy)}\ndata: {{\"type\":\"ready\"}}\n\n$", stream.Opening);
        Assert.Contains("Content-Type: text/event-stream", stream.Head);
        Assert.Contains("Cache-Control: no-store", stream.Head);
        Assert.Contains("X-Accel-Buffering: no", stream.Head);
        Assert.DoesNotContain(stream.Head, static line => line.StartsWith("Content-Encoding", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Change_OpenStream_OneChunkWithTheRevisionAndTheTimeOfTheDocument()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using var stream = await OpenAsync(proxy);

        await proxy.PublishAsync("second", static document => document["updated_at"] = "2026-11-22T09:00:00.125Z");

        Assert.Equal(Refetch(proxy, "2026-11-22T09:00:00.125000+00:00"), await stream.ReadChunkAsync());
    }

    [Fact]
    public async Task Change_TwelveSecondsLater_TheEventOnceMore()
    {
        await using var proxy = await StartWithoutPollsAsync();
        await using var stream = await OpenAsync(proxy);
        await proxy.PublishAsync("second");
        Assert.Equal(Refetch(proxy, null), await stream.ReadChunkAsync());
        var before = proxy.Time.GetUtcNow();

        Assert.Equal(Refetch(proxy, null), await proxy.PassTimeUntilAsync(stream.ReadChunkAsync(), TimeSpan.FromSeconds(0.5)));
        Assert.InRange((proxy.Time.GetUtcNow() - before).TotalSeconds, 10.5, 40);
        Assert.Equal(":\n\n", await proxy.PassTimeUntilAsync(stream.ReadChunkAsync(), TimeSpan.FromSeconds(0.5)));
    }

    [Fact]
    public async Task Change_AnotherBeforeTheRepetition_OnlyThatIsRepeated()
    {
        await using var proxy = await StartWithoutPollsAsync();
        await using var stream = await OpenAsync(proxy);
        await proxy.PublishAsync("second");
        Assert.Equal(Refetch(proxy, null), await stream.ReadChunkAsync());
        proxy.Time.Advance(TimeSpan.FromSeconds(5));
        await proxy.PublishAsync("third");

        Assert.Equal(Refetch(proxy, null), await proxy.PassTimeUntilAsync(stream.ReadChunkAsync(), TimeSpan.FromSeconds(0.05)));
        Assert.Equal(Refetch(proxy, null), await proxy.PassTimeUntilAsync(stream.ReadChunkAsync(), TimeSpan.FromSeconds(0.5)));
        Assert.Equal(":\n\n", await proxy.PassTimeUntilAsync(stream.ReadChunkAsync(), TimeSpan.FromSeconds(0.5)));
    }

    [Fact]
    public async Task Open_IdOfAnotherRevision_RefetchWheneverTheChangeWas()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await proxy.PublishAsync("second");
        proxy.Time.Advance(TimeSpan.FromHours(1));

        await using var old = await OpenAsync(proxy, ("Last-Event-ID", "0123456789abcdef0123456789abcdef"));
        await using var present = await OpenAsync(proxy, ("Last-Event-ID", Revision(proxy)));

        Assert.DoesNotContain("\"ready\"", old.Opening, StringComparison.Ordinal);
        Assert.Contains("\"refetchEvaluation\"", await old.ReadChunkAsync(), StringComparison.Ordinal);
        Assert.Contains("\"ready\"", present.Opening, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(61, false)]
    public async Task Open_WithoutId_RefetchForAMinuteAfterAChange(int seconds, bool isRefetched)
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await proxy.PublishAsync("second");
        proxy.Time.Advance(TimeSpan.FromSeconds(seconds));

        await using var stream = await OpenAsync(proxy);

        Assert.Equal(!isRefetched, stream.Opening!.Contains("\"ready\"", StringComparison.Ordinal));
        if (isRefetched)
        {
            Assert.Contains("\"refetchEvaluation\"", await stream.ReadChunkAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Load_StreamsOpenedBefore_RefetchUnlessTheIdIsOfThisRevision()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Behaviour = FakeUpstream.Status(500);
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions
        {
            Upstream = new() { ApiUrl = new Uri(upstream.Address, "/api/v1") },
            EnvironmentKeyPairs = [new("ser.env", "env")],
        });
        var document = PolledProxy.Document("first");
        var revision = DocumentPosition.RevisionOf(document);
        await using var unknowing = await RawStream.OpenAtAsync(proxy.Address, Events);
        await using var knowing = await RawStream.OpenAtAsync(proxy.Address, Events, ("Last-Event-ID", revision));
        Assert.Matches("^retry: [0-9]+\n\n$", unknowing.Opening);

        var environment = proxy.Registry.Environments[0];
        await proxy.Publisher.PublishAsync(environment, document, CancellationToken.None);
        Assert.Equal(revision, environment.Current!.Document.Version);
        Assert.Contains($"id: {revision}\ndata: {{\"type\":\"refetchEvaluation\"", await unknowing.ReadChunkAsync(), StringComparison.Ordinal);
        await proxy.Publisher.PublishAsync(environment, PolledProxy.Document("second"), CancellationToken.None);
        Assert.Contains($"id: {environment.Current!.Document.Version}\n", await knowing.ReadChunkAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_25Seconds_AComment()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using var stream = await OpenAsync(proxy);

        var comment = stream.ReadChunkAsync();
        await proxy.PassTimeUntilAsync(comment, TimeSpan.FromSeconds(1));

        Assert.Equal(":\n\n", await comment);
        Assert.InRange(proxy.Time.GetUtcNow().TimeOfDay, TimeSpan.FromHours(10) + TimeSpan.FromSeconds(22), TimeSpan.FromHours(10) + TimeSpan.FromSeconds(40));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?environment=")]
    [InlineData("?environment=nobody")]
    [InlineData("?environment=ser.env")]
    [InlineData("?x=env")]
    public async Task Get_NoClientSideKey_Unauthorized(string query)
    {
        await using var proxy = await StreamedProxy.StartAsync();

        using var response = await proxy.Proxy.SendAsync(HttpMethod.Get, $"/ofrep/v1/events{query}", "env", body: null, ("Origin", "https://app.example"));

        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal("GENERAL", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errorCode"]);
        Assert.Equal(["https://app.example"], response.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Open_FinalSlashAndOverload_TakenAsEver()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        proxy.Proxy.Services.GetRequiredService<LoadShedder>().Share = 0;

        await using var stream = await RawStream.OpenAtAsync(proxy.Proxy.Address, "/ofrep/v1/events/?x=1&environment=env", ("Origin", "https://app.example"));

        Assert.Contains("\"ready\"", stream.Opening, StringComparison.Ordinal);
        Assert.Contains("Access-Control-Allow-Origin: https://app.example", stream.Head);
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("OPTIONS")]
    public async Task Send_OtherMethod_NotAllowed(string method)
    {
        await using var proxy = await StreamedProxy.StartAsync();

        using var response = await proxy.Proxy.SendAsync(new HttpMethod(method), Events, key: null);

        Assert.Equal(405, (int)response.StatusCode);
        Assert.Equal(["GET"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Get_MoreStreamsThanAllowed_UnavailableInTheFormOfOfrep()
    {
        await using var proxy = await StreamedProxy.StartAsync(static options => options with { Streams = new StreamOptions { MaxStreams = 1 } });
        await using var first = await OpenAsync(proxy);

        var sending = proxy.Proxy.SendAsync(HttpMethod.Get, Events, key: null);
        using var response = await proxy.PassTimeUntilAsync(sending, TimeSpan.FromMilliseconds(100));

        Assert.Equal(503, (int)response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal("GENERAL", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errorCode"]);
    }

    [Fact]
    public async Task Stream_MaxAge_EndsProperly()
    {
        await using var proxy = await StreamedProxy.StartAsync(static options => options with { Ofrep = new OfrepOptions { MaxStreamAge = TimeSpan.FromSeconds(10) } });
        await using var stream = await OpenAsync(proxy);

        var end = stream.ReadChunkAsync();
        Assert.Null(await proxy.PassTimeUntilAsync(end, TimeSpan.FromSeconds(1)));

        Assert.InRange(proxy.Time.GetUtcNow().TimeOfDay, TimeSpan.FromHours(10) + TimeSpan.FromSeconds(8), TimeSpan.FromHours(10) + TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Change_AThousandTimes_EventsInOrderAndNoQueue()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using var stream = await OpenAsync(proxy);

        for (var i = 0; i < 1000; i++)
        {
            await proxy.PublishAsync($"change {i}");
            proxy.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        // Whatever was left out, the newest comes last.
        var expected = Refetch(proxy, null);
        string? seen;
        do
        {
            var next = stream.ReadChunkAsync();
            await proxy.PassTimeUntilAsync(next, TimeSpan.FromMilliseconds(50));
            seen = await next;
        }
        while (seen != expected);
        Assert.InRange(proxy.Environment.Metrics.Streams.Events(StreamKind.Ofrep), 10, 200);
    }

    [Theory]
    [InlineData("Auto", false, false)]
    [InlineData("Auto", true, true)]
    [InlineData("Always", false, true)]
    [InlineData("Never", true, false)]
    public async Task Post_AllFlags_StreamsOfferedToBrowsers(string setting, bool isBrowser, bool isOffered)
    {
        var offer = Enum.Parse<EventStreamOffer>(setting);
        await using var proxy = await StreamedProxy.StartAsync(options => options with { Ofrep = new OfrepOptions { EventStreams = offer } });
        (string, string)[] requests = [("env", "{}"), ("ser.env", """{"context":{"targetingKey":"x"}}"""), ("env", """{"context":{"targetingKey":"x","plan":"pro"}}""")];
        foreach (var (key, body) in requests)
        {
            using var response = await proxy.Proxy.SendAsync(
                HttpMethod.Post, "/ofrep/v1/evaluate/flags", key, body, isBrowser ? [("Origin", "https://app.example")] : []);

            var streams = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["eventStreams"];
            Assert.Equal(isOffered ? """[{"type":"sse","endpoint":{"requestUri":"/ofrep/v1/events?environment=env"},"inactivityDelaySec":120}]""" : null, streams?.ToJsonString());
        }

        using var stream = await proxy.Proxy.SendAsync(HttpMethod.Post, Events, key: null);
        Assert.Equal(offer == EventStreamOffer.Never ? 404 : 405, (int)stream.StatusCode);
    }

    [Theory]
    [InlineData("https://streams.example", "https://streams.example", "/ofrep/v1/events?environment=env")]
    [InlineData("https://streams.example:8443/edge/", "https://streams.example:8443", "/edge/ofrep/v1/events?environment=env")]
    public async Task Post_AllFlags_StreamsOfAnotherHost(string url, string origin, string uri)
    {
        await using var proxy = await StreamedProxy.StartAsync(options => options with { Ofrep = new OfrepOptions { EventStreams = EventStreamOffer.Always, PublicUrl = new Uri(url.TrimEnd('/')) } });

        using var response = await proxy.Proxy.SendAsync(HttpMethod.Post, "/ofrep/v1/evaluate/flags", "env", "{}");

        var endpoint = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["eventStreams"]![0]!["endpoint"]!;
        Assert.Equal((origin, uri), ((string?)endpoint["origin"], (string?)endpoint["requestUri"]));
    }

    /// <summary>So that nothing is published but what the test publishes.</summary>
    private static Task<StreamedProxy> StartWithoutPollsAsync() => StreamedProxy.StartAsync(
        static options => options with { Upstream = options.Upstream with { ApiPollFrequency = TimeSpan.FromHours(10) } });

    private static string Revision(StreamedProxy proxy) => proxy.Environment.Current!.Document.Version;

    private static string Refetch(StreamedProxy proxy, string? time) =>
        $"event: message\nid: {Revision(proxy)}\ndata: {{\"type\":\"refetchEvaluation\",\"etag\":\"{Revision(proxy)}\",\"lastModified\":\"{time ?? IsoTime.Format(proxy.Environment.Current!.Document.UpdatedAt!.Value)}\"}}\n\n";

    private static async Task<RawStream> OpenAsync(StreamedProxy proxy, params (string Name, string Value)[] headers)
    {
        var before = proxy.Environment.Metrics.Streams.Open(StreamKind.Ofrep);
        var stream = await RawStream.OpenAtAsync(proxy.Proxy.Address, Events, headers);
        await Patience.UntilAsync(() => proxy.Environment.Metrics.Streams.Open(StreamKind.Ofrep) > before, "the stream to be open");
        return stream;
    }
}
