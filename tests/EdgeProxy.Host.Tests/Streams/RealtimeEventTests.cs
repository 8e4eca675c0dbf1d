using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Upstream;

namespace EdgeProxy.Host.Tests.Streams;

/// <summary>The events of a real-time stream, byte by byte (docs/spec/realtime.md 5).</summary>
public sealed class RealtimeEventTests
{
    private static readonly (string, string) Browser = ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64)");
    private static readonly (string, string) Follower = ("User-Agent", "EdgeProxy/1.2.3");
    private static readonly DateTimeOffset DocumentTime = new(2026, 11, 1, 12, 0, 0, 250, TimeSpan.Zero);

    [Fact]
    public async Task Change_OpenStream_OneChunkWithTheTimeItBecameVisible()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using var stream = await proxy.OpenAsync();

        await proxy.PublishAsync("second");

        Assert.Equal("event: environment_updated\ndata: {\"updated_at\": 1795341600.0}\n\n", await stream.ReadChunkAsync());
    }

    [Theory]
    [InlineData("2026-11-22T10:00:01.123456+00:00", "1795341601.123456")]
    [InlineData("2026-11-22T10:00:01.100000+00:00", "1795341601.1")]
    [InlineData("2026-11-23T00:00:00Z", "1795392000.0")]
    public async Task Change_DocumentIsNewerThanTheClock_TheDocumentsTime(string updatedAt, string spelled)
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using var stream = await proxy.OpenAsync();

        await proxy.PublishAsync("second", document => document["updated_at"] = updatedAt);

        Assert.Equal($"event: environment_updated\ndata: {{\"updated_at\": {spelled}}}\n\n", await stream.ReadChunkAsync());
    }

    [Fact]
    public async Task Change_OfTheTimeAlone_NoEvent()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using var stream = await proxy.OpenAsync();

        await proxy.PublishAsync("first", static document => document["updated_at"] = "2026-11-22T09:00:00Z");
        await proxy.PublishAsync("second", static document => document["updated_at"] = "2026-11-23T00:00:00Z");

        Assert.Contains("1795392000.0", await stream.ReadChunkAsync(), StringComparison.Ordinal);
        Assert.Equal(1, proxy.Events);
    }

    [Fact]
    public async Task Change_SeveralWithin200Milliseconds_TheFirstAndTheNewest()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using var stream = await proxy.OpenAsync();
        await proxy.PublishAsync("second");
        Assert.Contains("1795341600.0}", await stream.ReadChunkAsync(), StringComparison.Ordinal);

        for (var i = 1; i < 10; i++)
        {
            proxy.Time.Advance(TimeSpan.FromMilliseconds(10));
            await proxy.PublishAsync($"change {i}");
        }

        var next = stream.ReadChunkAsync();
        await proxy.PassTimeUntilAsync(next, TimeSpan.FromMilliseconds(5));
        Assert.Contains("1795341600.09}", await next, StringComparison.Ordinal);
        Assert.InRange(proxy.Time.GetUtcNow().TimeOfDay, TimeSpan.FromHours(10) + TimeSpan.FromMilliseconds(200), TimeSpan.FromHours(11));
        Assert.Equal(2, proxy.Events);
    }

    [Theory]
    [InlineData(0, 1795341600.0)]
    [InlineData(19.9, 1795341600.0)]
    [InlineData(20, 1793534400.25)]
    [InlineData(299, 1793534400.25)]
    public async Task Connect_SomeTimeAfterAChange_TheLiveEventThenTheDocumentsTime(double seconds, double time)
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await proxy.PublishAsync("second");
        proxy.Time.Advance(TimeSpan.FromSeconds(seconds));

        await using var stream = await proxy.OpenAsync();

        Assert.Equal(StreamedProxy.EventOf(DateTimeOffset.UnixEpoch.AddSeconds(time)), await stream.ReadChunkAsync());
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 301)]
    public async Task Connect_NoRecentChange_NoEvent(bool changes, double seconds)
    {
        await using var proxy = await StreamedProxy.StartAsync();
        if (changes)
        {
            await proxy.PublishAsync("second");
        }

        proxy.Time.Advance(TimeSpan.FromSeconds(seconds));
        await using var stream = await proxy.OpenAsync();

        await proxy.PublishAsync("third", static document => document["updated_at"] = "2026-11-23T00:00:00Z");
        Assert.Contains("1795392000.0", await stream.ReadChunkAsync(), StringComparison.Ordinal);
        Assert.Equal(1, proxy.Events);
    }

    [Fact]
    public async Task Connect_AChangeArrivesMeanwhile_OneEvent()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await proxy.PublishAsync("second");
        await using var stream = await proxy.OpenAsync();
        Assert.Equal(StreamedProxy.EventOf(proxy.Time.GetUtcNow()), await stream.ReadChunkAsync());

        await proxy.PublishAsync("third", static document => document["updated_at"] = "2026-11-23T00:00:00Z");

        var next = stream.ReadChunkAsync();
        await proxy.PassTimeUntilAsync(next, TimeSpan.FromMilliseconds(50));
        Assert.Contains("1795392000.0", await next, StringComparison.Ordinal);
        Assert.Equal(2, proxy.Events);
    }

    [Fact]
    public async Task Connect_EventSource_OpeningAndEventsNameTheRevision()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using var stream = await proxy.OpenAsync(Browser);
        Assert.Matches($"^:\nretry: [0-9]+\nid: {proxy.Environment.Current!.Document.Version}\n\n$", stream.Opening);

        await proxy.PublishAsync("second");

        Assert.Equal(StreamedProxy.EventOf(proxy.Time.GetUtcNow(), $"id: {proxy.Environment.Current!.Document.Version}\n"), await stream.ReadChunkAsync());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(299, true)]
    [InlineData(301, false)]
    public async Task Connect_EventSourceWithThePresentRevision_TheDocumentsTimeAlthoughTheChangeIsNew(double seconds, bool gets)
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await proxy.PublishAsync("second");
        var revision = proxy.Environment.Current!.Document.Version;
        proxy.Time.Advance(TimeSpan.FromSeconds(seconds));

        await using var stream = await proxy.OpenAsync(Browser, ("Last-Event-ID", revision));

        Assert.Equal(!gets, stream.Opening!.Contains($"\nid: {revision}\n", StringComparison.Ordinal));
        if (gets)
        {
            Assert.Equal(StreamedProxy.EventOf(DocumentTime, $"id: {revision}\n"), await stream.ReadChunkAsync());
        }
    }

    [Fact]
    public async Task Connect_FollowerWithThePresentRevision_NoEvent()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await proxy.PublishAsync("second");

        await using var stream = await proxy.OpenAsync(Follower, ("Last-Event-ID", proxy.Environment.Current!.Document.Version));

        Assert.Contains("\nid: ", stream.Opening, StringComparison.Ordinal);
        await proxy.PublishAsync("third", static document => document["updated_at"] = "2026-11-23T00:00:00Z");
        Assert.Contains("1795392000.0", await stream.ReadChunkAsync(), StringComparison.Ordinal);
        Assert.Equal(1, proxy.Events);
    }

    [Theory]
    [InlineData("?lastEventId=of-another-revision", true)]
    [InlineData("?a=b&lastEventId=of-another-revision", true)]
    [InlineData("?lastEventId=", false)]
    [InlineData("?a=b", false)]
    public async Task Connect_IdInTheQuery_AsInTheHeader(string query, bool gets)
    {
        await using var proxy = await StreamedProxy.StartAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/sse/environments/env/stream{query}");
        request.Headers.TryAddWithoutValidation("User-Agent", Browser.Item2);
        using var answer = await proxy.Proxy.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await Patience.UntilAsync(() => proxy.Open == 1, "the stream");

        await proxy.PublishAsync("second");
        await Patience.UntilAsync(
            () =>
            {
                proxy.Time.Advance(TimeSpan.FromMilliseconds(5));
                return proxy.Events == (gets ? 2 : 1);
            },
            "the events");
    }

    [Fact]
    public async Task Connect_EventSourceWithAnotherRevision_EventAlthoughTheChangeIsOld()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        var before = proxy.Environment.Current!.Document.Version;
        await proxy.PublishAsync("second");
        var changed = proxy.Time.GetUtcNow();
        proxy.Time.Advance(TimeSpan.FromHours(1));

        await using var stream = await proxy.OpenAsync(Browser, ("Last-Event-ID", before));

        Assert.DoesNotContain("id:", stream.Opening, StringComparison.Ordinal); // a connection lost now must not lose the event
        Assert.Equal(StreamedProxy.EventOf(changed, $"id: {proxy.Environment.Current!.Document.Version}\n"), await stream.ReadChunkAsync());
    }

    [Fact]
    public async Task Connect_SdkWithAnId_TreatedAsOneWithout()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await proxy.PublishAsync("second");

        await using var stream = await proxy.OpenAsync(("User-Agent", "okhttp/4.12.0"), ("Last-Event-ID", proxy.Environment.Current!.Document.Version));

        Assert.Equal(StreamedProxy.EventOf(proxy.Time.GetUtcNow()), await stream.ReadChunkAsync());
    }

    [Fact]
    public async Task Connect_Follower_PresentRevisionEvenWithoutAChange()
    {
        await using var proxy = await StreamedProxy.StartAsync();

        await using var stream = await proxy.OpenAsync(Follower);

        Assert.Equal(StreamedProxy.EventOf(DocumentTime, $"id: {proxy.Environment.Current!.Document.Version}\n"), await stream.ReadChunkAsync());
    }

    [Fact]
    public async Task Change_ManyStreams_FollowersFirst()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        var others = new List<RawStream>();
        for (var i = 0; i < 20; i++)
        {
            others.Add(await proxy.OpenAsync());
        }

        await using var follower = await proxy.OpenAsync(Follower);
        await follower.ReadChunkAsync();
        proxy.Time.Advance(TimeSpan.FromSeconds(1));

        // The clock stands: only what is due at once is written.
        await proxy.PublishAsync("second");

        Assert.Contains("id: ", await follower.ReadChunkAsync(), StringComparison.Ordinal);
        Assert.InRange(proxy.Events, 2, 10);
        foreach (var other in others)
        {
            await proxy.PassTimeUntilAsync(other.ReadChunkAsync(), TimeSpan.FromMilliseconds(5));
            await other.DisposeAsync();
        }
    }

    [Fact]
    public async Task Connect_BeforeTheFirstDocument_OpenAtOnceAndNoEventForIt()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        var unloaded = new EnvironmentState("late", "ser.late", EnvironmentKind.Configured);
        proxy.Proxy.Registry.SetConfigured([proxy.Environment, unloaded]);
        await using var stream = await RawStream.OpenAsync(proxy.Proxy.Address, "late");
        await using var page = await RawStream.OpenAsync(proxy.Proxy.Address, "late", Browser, ("Last-Event-ID", "of-before-the-restart"));
        await Patience.UntilAsync(() => unloaded.Metrics.Streams.Open(StreamKind.Realtime) == 2, "both streams");

        await proxy.Proxy.Publisher.PublishAsync(unloaded, PolledProxy.Document("first"), CancellationToken.None);
        Assert.Contains(unloaded.Current!.Document.Version, await proxy.PassTimeUntilAsync(page.ReadChunkAsync(), TimeSpan.FromMilliseconds(5)), StringComparison.Ordinal);
        await proxy.Proxy.Publisher.PublishAsync(unloaded, PolledProxy.Document("second", static document => document["updated_at"] = "2026-11-23T00:00:00Z"), CancellationToken.None);

        Assert.Contains("1795392000.0", await proxy.PassTimeUntilAsync(stream.ReadChunkAsync(), TimeSpan.FromMilliseconds(5)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_ACommentEveryFifteenSeconds()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using var stream = await proxy.OpenAsync();
        for (var i = 0; i < 3; i++)
        {
            var before = proxy.Time.GetUtcNow();
            Assert.Equal(":\n\n", await proxy.PassTimeUntilAsync(stream.ReadChunkAsync(), TimeSpan.FromSeconds(0.5)));
            Assert.InRange((proxy.Time.GetUtcNow() - before).TotalSeconds, 13, 30); // the test may be late, the proxy may not be early
        }
    }
}
