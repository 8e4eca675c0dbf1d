using System.Globalization;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Upstream.Streams;

/// <summary>docs/spec/realtime.md 7.3: what the events of a stream cause.</summary>
public sealed class StreamEventTests
{
    private const string Data = "{\"updated_at\": 1793700000.5}"; // 3 November 2026

    [Theory]
    [InlineData("event: environment_updated\ndata: " + Data + "\nretry: 15000\n\n")]
    [InlineData("event:environment_updated\ndata:" + Data + "\n\n")]
    [InlineData("event: environment_updated\r\ndata: " + Data + "\r\n\r\n")]
    [InlineData("event: environment_updated\rdata: " + Data + "\r\r")]
    [InlineData("event: environment_updated\ndata: {\ndata: \"updated_at\": 1793700000.5}\n\n")]
    [InlineData("\ufeff:\n\nid: \nevent: something_else\ndata: {}\n\nevent: environment_updated\ndata: " + Data + "\n\n")]
    [InlineData("event: environment_updated\ndata: {\"updated_at\": 1793700000500}\n\n")]
    [InlineData("event: environment_updated\ndata: {\"other\": [{}], \"updated_at\": 1793700000}\n\n")]
    public async Task Event_NewerThanTheDocument_FetchedAtOnce(string text)
    {
        var (proxy, stream) = await FollowingProxy.OpenAsync();
        await using var owned = proxy;
        proxy.SetDocument("second", FollowingProxy.Change.AddDays(2));

        await stream.SendAsync(text);

        await proxy.WaitForAsync("second"); // while the clock stands
        Assert.Equal(1, proxy.Environment.Metrics.AnnouncedChanges(ChangeSource.Stream));
    }

    [Fact]
    public async Task Event_InPieces_FetchedAtItsEnd()
    {
        var (proxy, stream) = await FollowingProxy.OpenAsync();
        await using var owned = proxy;
        proxy.SetDocument("second", FollowingProxy.Change.AddDays(2));

        foreach (var piece in $"event: environment_updated\r\ndata: {Data}\r\n\r".Chunk(7))
        {
            Assert.Equal(1, proxy.Fetches);
            await stream.SendAsync(new string(piece));
        }

        await proxy.WaitForAsync("second");
    }

    [Theory]
    [InlineData("environment_updated", "{\"updated_at\": 0}")]
    [InlineData("environment_updated", "{\"updated_at\": -1793700000.5}")]
    [InlineData("environment_updated", "{\"updated_at\": 1e999}")]
    [InlineData("environment_updated", "{\"updated_at\": \"soon\"}")]
    [InlineData("environment_updated", "{\"updated_at\": true}")]
    [InlineData("environment_updated", "{\"updated_at\": 1796000000}")] // more than a day ahead
    [InlineData("environment_updated", "[]")]
    [InlineData("environment_updated", "{")]
    [InlineData("environment_updated", "")]
    [InlineData("environment_updated", "{\"\\ud800\": 1, \"updated_at\": \"\\ud800\"}")]
    [InlineData("message", Data)]
    [InlineData("identity_updated", Data)]
    public async Task Event_OfAnotherKindOrUnusable_Ignored(string name, string data)
    {
        var (proxy, stream) = await FollowingProxy.OpenAsync();
        await using var owned = proxy;

        await stream.SendAsync($"event: {name}\ndata: {data}\n\n");
        await proxy.WaitForEventsAsync(UpstreamStreamEventOutcome.Ignored, 1);

        Assert.False(proxy.Environment.Refreshes.IsRequested);
        Assert.Equal(1, proxy.Fetches);
    }

    [Fact]
    public async Task Event_ServedAlready_NotFetched()
    {
        var (proxy, stream) = await FollowingProxy.OpenAsync();
        await using var owned = proxy;

        await stream.AnnounceAsync(proxy.Environment.Current!.Document.UpdatedAt!.Value);
        await proxy.WaitForEventsAsync(UpstreamStreamEventOutcome.Known, 1);

        Assert.False(proxy.Environment.Refreshes.IsRequested);
        Assert.Equal(1, proxy.Fetches);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"updated_at\": null}")]
    public async Task Event_WithoutTime_FetchedAtMostEveryTenSeconds(string data)
    {
        var (proxy, stream) = await FollowingProxy.OpenAsync();
        await using var owned = proxy;

        for (var i = 1; i <= 50; i++)
        {
            await stream.SendAsync($"event: environment_updated\ndata: {data}\n\n");
            await proxy.WaitForEventsAsync(UpstreamStreamEventOutcome.Change, i);
        }

        await Patience.UntilAsync(() => proxy.Fetches == 2, "the first fetch");
        proxy.Time.Advance(TimeSpan.FromSeconds(8)); // no poll yet
        Assert.Equal(1, proxy.Environment.Metrics.AnnouncedChanges(ChangeSource.Stream));
        proxy.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, proxy.Environment.Metrics.AnnouncedChanges(ChangeSource.Stream));
        await Patience.UntilAsync(() => proxy.Fetches >= 3, "the second fetch");
    }

    [Fact]
    public async Task Event_Jitter_FetchedWithinItAndOnce()
    {
        var (proxy, stream) = await FollowingProxy.OpenAsync(static options => options with { FetchJitter = TimeSpan.FromSeconds(0.2) });
        await using var owned = proxy;
        proxy.SetDocument("second", FollowingProxy.Change.AddSeconds(9));

        for (var i = 0; i < 10; i++)
        {
            await stream.AnnounceAsync(FollowingProxy.Change.AddSeconds(i));
        }

        await proxy.WaitForEventsAsync(UpstreamStreamEventOutcome.Change, 10);
        proxy.Time.Advance(TimeSpan.FromSeconds(0.2));
        await proxy.WaitForAsync("second");
        Assert.Equal(2, proxy.Fetches);
        Assert.Equal(1, proxy.Environment.Metrics.AnnouncedChanges(ChangeSource.Stream));
        Assert.Equal(0, proxy.Environment.Metrics.LaggingFetches);
    }

    [Fact]
    public async Task Event_OneMemberAsksForAll_NoJitter()
    {
        var (proxy, stream) = await FollowingProxy.OpenAsync(static options => options with { FetchJitter = TimeSpan.FromHours(1) });
        await using var owned = proxy;
        proxy.Environment.IsFetchedForOthers = static () => true;
        proxy.SetDocument("second", FollowingProxy.Change);

        await stream.AnnounceAsync(FollowingProxy.Change);

        await proxy.WaitForAsync("second"); // while the clock stands
    }

    [Fact]
    public async Task Event_Lags_RepeatedUntilItIsThere()
    {
        var (proxy, stream) = await FollowingProxy.OpenAsync();
        await using var owned = proxy;

        await stream.AnnounceAsync(FollowingProxy.Change);
        await Patience.UntilAsync(() => proxy.Environment.Metrics.LaggingFetches == 1, "a lagging fetch");
        proxy.SetDocument("second", FollowingProxy.Change);
        await proxy.WaitForPauseAsync(0.2, 0.2);
        proxy.Time.Advance(TimeSpan.FromSeconds(0.2));

        await proxy.WaitForAsync("second");
        Assert.Equal(3, proxy.Fetches);
    }

    [Fact]
    public async Task Event_ThousandASecond_OneFetchASecondAndTheLastChangeIsServed()
    {
        var (proxy, stream) = await FollowingProxy.OpenAsync();
        await using var owned = proxy;
        var started = proxy.Time.GetTimestamp();
        var before = proxy.Fetches;
        for (var second = 1; second <= 5; second++)
        {
            var value = string.Create(CultureInfo.InvariantCulture, $"value {second}");
            proxy.SetDocument(value, FollowingProxy.Change.AddSeconds(second));
            var change = (FollowingProxy.Change.AddSeconds(second) - DateTimeOffset.UnixEpoch).TotalSeconds;
            await stream.SendAsync(string.Concat(Enumerable.Repeat($"event: environment_updated\ndata: {{\"updated_at\": {change}}}\n\n", 1000)));
            await Patience.UntilAsync(
                () => Enum.GetValues<UpstreamStreamEventOutcome>().Sum(proxy.Environment.Metrics.UpstreamStream.Events) == 1000 * second, "the events");
            await Patience.UntilAsync(
                async () =>
                {
                    proxy.Time.Advance(TimeSpan.FromMilliseconds(10));
                    return await proxy.Polled.PlainAsync() == value;
                },
                value);
        }

        var elapsed = proxy.Time.GetElapsedTime(started);
        Assert.InRange(proxy.Fetches - before, 5, (int)elapsed.TotalSeconds + 2);
    }

    [Fact]
    public async Task Event_WithRevision_FetchedUnlessThatIsServed()
    {
        var (proxy, stream) = await FollowingProxy.OpenAsync(static options => options with { FetchJitter = TimeSpan.FromHours(1) });
        await using var owned = proxy;
        var first = proxy.Environment.Current!.Document;

        // Later than the document that it names: the time is that of its publication.
        await stream.SendAsync($"id: {first.Version}\nevent: environment_updated\ndata: {Data}\n\n");
        await proxy.WaitForEventsAsync(UpstreamStreamEventOutcome.Known, 1);
        proxy.SetDocument("second", first.UpdatedAt!.Value);
        await stream.SendAsync($"id: something-else\nevent: environment_updated\ndata: {Data}\n\n");
        await proxy.WaitForAsync("second"); // at once, in spite of the jitter
        await Patience.UntilAsync(() => proxy.Environment.Metrics.LaggingFetches == 1, "the fetch not to bring what was announced");

        proxy.SetDocument("third", first.UpdatedAt!.Value);
        var third = EdgeProxy.Host.Environments.DocumentPosition.RevisionOf(FollowingProxy.Document("third", first.UpdatedAt!.Value));
        await stream.SendAsync($"id: {third}\nevent: environment_updated\ndata: {Data}\n\n");
        await proxy.WaitForEventsAsync(UpstreamStreamEventOutcome.Change, 2);
        await proxy.WaitForPauseAsync(0.2, 0.2);
        proxy.Time.Advance(TimeSpan.FromSeconds(0.2));
        await proxy.WaitForAsync("third");
        await proxy.WaitForPauseAsync(8, 12);

        Assert.Equal(1, proxy.Environment.Metrics.LaggingFetches);
    }
}
