using System.Globalization;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Streams;

/// <summary>SDKs and the time with which each compares that of an event: all fetch a change, and none fetches without one.</summary>
public sealed class SdkComparisonTests
{
    private const string ChangedAt = "2026-11-22T10:00:05Z";

    public static TheoryData<string> Sdks => ["JavaScript", "Kotlin", "Python", "Go", "Flutter", "Ruby", "iOS"];

    [Theory]
    [MemberData(nameof(Sdks))]
    public Task Change_FetchedBetweenTheChangeAndItsPublication_FetchedAgain(string sdk) => PublishToOpenStreamAsync(sdk, ChangedAt);

    [Theory]
    [MemberData(nameof(Sdks))]
    public Task Change_TimeOfTheDocumentStays_Fetched(string sdk) => PublishToOpenStreamAsync(sdk, updatedAt: null);

    [Theory]
    [MemberData(nameof(Sdks))]
    public async Task Connect_AfterAChangeThatWasFetched_NotFetchedAgain(string sdk)
    {
        await using var proxy = await StreamedProxy.StartAsync();
        var client = new Sdk(sdk);
        await client.FetchAsync(proxy);
        await using (var stream = await proxy.OpenAsync())
        {
            proxy.Time.Advance(TimeSpan.FromSeconds(10));
            await proxy.PublishAsync("second", static document => document["updated_at"] = ChangedAt);
            Assert.True(client.FetchesFor(await stream.ReadChunkAsync()));
            await client.FetchAsync(proxy);
        }

        await Patience.UntilAsync(() => proxy.Open == 0, "the end of the stream");
        proxy.Time.Advance(TimeSpan.FromSeconds(25));
        await using (var next = await proxy.OpenAsync())
        {
            Assert.Equal(sdk == "iOS", client.FetchesFor(await next.ReadChunkAsync())); // which has nothing to compare with
        }

        // That one, too, no more than for a few minutes.
        await Patience.UntilAsync(() => proxy.Open == 0, "the end of the stream");
        proxy.Time.Advance(TimeSpan.FromMinutes(5));
        await using var last = await proxy.OpenAsync();
        await proxy.PublishAsync("third", static document => document["updated_at"] = "2026-11-23T00:00:00Z");
        Assert.Contains("1795392000.0", await last.ReadChunkAsync(), StringComparison.Ordinal);
        await Patience.UntilAsync(() => proxy.Events == 3, "three events"); // counted once they are written
    }

    [Theory]
    [MemberData(nameof(Sdks))]
    public async Task Connect_ChangeBetweenTwoStreams_Fetched(string sdk)
    {
        await using var proxy = await StreamedProxy.StartAsync();
        var client = new Sdk(sdk);
        await client.FetchAsync(proxy);
        await (await proxy.OpenAsync()).DisposeAsync();
        await Patience.UntilAsync(() => proxy.Open == 0, "the end of the stream");
        proxy.Time.Advance(TimeSpan.FromSeconds(5));
        await proxy.PublishAsync("second", static document => document["updated_at"] = ChangedAt);
        proxy.Time.Advance(TimeSpan.FromSeconds(15)); // the longest "retry"

        await using var stream = await proxy.OpenAsync();

        Assert.True(client.FetchesFor(await stream.ReadChunkAsync()));
    }

    private static async Task PublishToOpenStreamAsync(string sdk, string? updatedAt)
    {
        await using var proxy = await StreamedProxy.StartAsync();
        var client = new Sdk(sdk);
        await using var stream = await proxy.OpenAsync();
        proxy.Time.Advance(TimeSpan.FromSeconds(8));
        await client.FetchAsync(proxy); // the API has the change by now, and the proxy not yet
        proxy.Time.Advance(TimeSpan.FromSeconds(2));

        await proxy.PublishAsync("second", document => document["updated_at"] = updatedAt ?? document["updated_at"]!.GetValue<string>());

        Assert.True(client.FetchesFor(await stream.ReadChunkAsync()));
    }

    /// <summary>The times that an SDK remembers.</summary>
    private sealed class Sdk(string name)
    {
        private double _answer;
        private double _document;
        private double _clock;
        private double _event;

        public async Task FetchAsync(StreamedProxy proxy)
        {
            using var response = await proxy.Proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "env");
            _answer = double.Parse(response.Headers.GetValues("X-Flagsmith-Document-Updated-At").Single(), CultureInfo.InvariantCulture);
            _document = Seconds(proxy.Environment.Current!.Document.UpdatedAt!.Value);
            _clock = Seconds(proxy.Time.GetUtcNow());
        }

        public bool FetchesFor(string? chunk)
        {
            var before = _event;
            _event = double.Parse(chunk!.Split("\"updated_at\": ")[1].TrimEnd('\n', '}'), CultureInfo.InvariantCulture);
            return name switch
            {
                "JavaScript" or "Kotlin" => _event > _answer,
                "Python" or "Go" => _event > _document,
                "Flutter" => _event > _clock,
                "Ruby" => _event > before,
                _ => true,
            };
        }

        private static double Seconds(DateTimeOffset time) => (double)((decimal)(time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerSecond);
    }
}
