using System.Net;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Persistence;

/// <summary>A proxy that is started again serves what it had, says how old that is, and goes on from there.</summary>
public sealed class ColdStartTests : IAsyncLifetime
{
    private ColdStart _start = null!;

    public async Task InitializeAsync() => _start = await ColdStart.CreateAsync();

    public async Task DisposeAsync() => await _start.DisposeAsync();

    [Fact]
    public async Task Restart_UpstreamHangs_ServesAtOnceAndSaysHowOldItIs()
    {
        await _start.KeepAsync("kept");
        var fetched = _start.Time.GetUtcNow();
        _start.Upstream.Behaviour = ColdStart.HangAsync;
        _start.Time.Advance(TimeSpan.FromDays(3));

        await _start.StartAsync();
        await WaitForOriginAsync(DocumentOrigin.Disk);

        Assert.Equal("kept", await _start.PlainAsync());
        using var flags = await _start.Proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "env");
        Assert.Equal("1793534400.25", Assert.Single(flags.Headers.GetValues("X-Flagsmith-Document-Updated-At")));
        Assert.Equal(ColdStart.Document("kept"), await ReadDocumentAsync());
        using var readiness = await _start.Proxy.Client.GetAsync("/proxy/health/readiness");
        Assert.Equal(HttpStatusCode.OK, readiness.StatusCode);
        var report = JsonNode.Parse(await readiness.Content.ReadAsStringAsync())!;
        Assert.Equal(fetched, DateTimeOffset.Parse((string)report["last_successful_update"]!));
        Assert.Single(_start.Proxy.Log.Entries, static entry => entry.EventId == EventIds.StoredDocumentRestored);
    }

    [Fact]
    public async Task Restart_UpstreamFailsForLong_StaleAfterTheGracePeriodFromTheStartOn()
    {
        await _start.KeepAsync("kept");
        _start.Upstream.Behaviour = FakeUpstream.Status(500);
        await _start.StartAsync();
        await WaitForOriginAsync(DocumentOrigin.Disk);

        _start.Time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(HttpStatusCode.OK, await ReadinessAsync());
        _start.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadinessAsync());
        Assert.Equal("kept", await _start.PlainAsync());
    }

    [Theory]
    [InlineData(true, null, "Sun, 01 Nov 2026 12:00:00 GMT")]
    [InlineData(true, "Tue, 03 Nov 2026 01:02:03 GMT", "Sun, 01 Nov 2026 12:00:00 GMT")]
    [InlineData(false, "Sat, 31 Oct 2026 01:02:03 GMT", "Sat, 31 Oct 2026 01:02:03 GMT")]
    public async Task Restart_UpstreamIsThere_FirstPollIsConditional(bool givesEntityTags, string? lastModified, string expected)
    {
        _start.Upstream.GivesEntityTags = givesEntityTags;
        _start.Upstream.LastModified = lastModified;
        await _start.KeepAsync("kept");
        _start.Upstream.GivesEntityTags = true;
        var before = _start.Upstream.Requests.Count;

        await _start.StartAsync();
        await WaitForOriginAsync(DocumentOrigin.Upstream);

        var request = _start.Upstream.Requests.ElementAt(before);
        Assert.Equal(givesEntityTags, request.Header("If-None-Match").Length > 0);
        Assert.Equal(expected, request.Header("If-Modified-Since"));
        Assert.Equal("kept", await _start.PlainAsync());
        Assert.Equal(_start.Time.GetUtcNow(), _start.Environment.Freshness.Fetched);
        Assert.Single(_start.Proxy.Log.Entries, static entry => entry.EventId == EventIds.EnvironmentPublished);
    }

    [Fact]
    public async Task Restart_UpstreamHasANewOne_ThatOneAndKept()
    {
        await _start.KeepAsync("kept");
        _start.Upstream.SetDocument("ser.env", ColdStart.Document("new"));

        await _start.StartAsync();
        await WaitForOriginAsync(DocumentOrigin.Upstream);

        Assert.Equal("new", await _start.PlainAsync());
        await _start.WaitUntilKeptAsync("new");
        Assert.Equal(2, _start.Files.Length);
    }

    [Fact]
    public async Task Restart_NewestDamaged_TheOneBeforeAndAWarning()
    {
        await _start.KeepAsync("first", "second", "third");
        Assert.Equal(2, _start.Files.Length);
        var newest = _start.Files.MaxBy(File.GetLastWriteTimeUtc)!;
        File.WriteAllBytes(newest, File.ReadAllBytes(newest)[..^1]);
        _start.Upstream.Behaviour = ColdStart.HangAsync;

        await _start.StartAsync();
        await WaitForOriginAsync(DocumentOrigin.Disk);

        Assert.Equal("second", await _start.PlainAsync());
        var entry = await _start.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.StoredDocumentIgnored);
        Assert.Contains(newest, entry.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_NewestCannotBeServed_TheOneBefore()
    {
        await _start.KeepAsync("first", "second");
        KeepAnother("{\"not\": \"a document\"}"u8.ToArray());
        var before = _start.Upstream.Requests.Count;

        await _start.StartAsync();
        await WaitForOriginAsync(DocumentOrigin.Upstream);

        Assert.Contains(_start.Proxy.Log.Entries, static entry => entry.EventId == EventIds.StoredDocumentRejected);
        Assert.Contains(_start.Proxy.Log.Entries, static entry => entry.EventId == EventIds.StoredDocumentRestored);
        Assert.NotEqual("\"bad\"", _start.Upstream.Requests.ElementAt(before).Header("If-None-Match"));
        Assert.Equal("second", await _start.PlainAsync());
    }

    [Fact]
    public async Task Restart_NothingCanBeServed_AsIfThereWereNothing()
    {
        KeepAnother("[]"u8.ToArray());

        await _start.StartAsync();
        await WaitForOriginAsync(DocumentOrigin.Upstream);

        Assert.Equal("", _start.Upstream.Requests.First().Header("If-None-Match"));
        Assert.Equal("first", await _start.PlainAsync());
    }

    [Fact]
    public async Task Restart_AnotherUpstream_NothingOfTheFirst()
    {
        await _start.KeepAsync("kept");
        await using var other = await ColdStart.CreateAsync();
        other.Upstream.Behaviour = FakeUpstream.Status(500);

        await other.StartAsync(_start.SnapshotPath);
        await other.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.FetchFailed);

        Assert.Null(other.Environment.Current);
    }

    [Fact]
    public async Task Poll_Unchanged_TimeKeptOnceAMinuteWithoutWritingAgain()
    {
        await _start.StartAsync();
        await _start.Proxy.WaitUntilLoadedAsync();
        await _start.WaitUntilKeptAsync("first");
        var (started, stored) = (_start.Time.GetUtcNow(), _start.Read()!);

        await _start.PollAsync();
        Assert.Equal(started, _start.Read()!.Metadata.Fetched);
        await _start.PollAsync();

        await Patience.UntilAsync(() => _start.Read()!.Metadata.Fetched == _start.Environment.Freshness.Fetched, "the later time");
        Assert.True(_start.Time.GetUtcNow() - started >= TimeSpan.FromMinutes(1));
        Assert.Equal(stored.Generation, _start.Read()!.Generation);
        Assert.Single(_start.Files);
    }

    [Fact]
    public async Task Environment_NoLongerServed_NothingKept()
    {
        var discovered = new EnvironmentState("gone", "ser.gone", EnvironmentKind.Discovered);
        _start.Upstream.SetDocument("ser.gone", ColdStart.Document("gone"));
        await _start.KeepAsync("kept");
        await _start.StartAsync();
        _start.Proxy.Registry.SetDiscovered([discovered]);
        await Patience.UntilAsync(() => _start.Files.Length == 2, "a file of each environment");

        _start.Proxy.Registry.SetDiscovered([]);

        await Patience.UntilAsync(() => _start.Files.Length == 1, "one file");
        Assert.NotNull(_start.Read());
    }

    /// <summary>Puts another generation on disk, as if an earlier process had accepted it.</summary>
    private void KeepAnother(byte[] content) => _start.Store().Write(_start.EntryName, content, new(_start.Time.GetUtcNow(), "\"bad\""));

    private Task WaitForOriginAsync(DocumentOrigin origin) =>
        Patience.UntilAsync(() => _start.Environment.Freshness.Origin == origin, $"a document from {origin}");

    private async Task<HttpStatusCode> ReadinessAsync()
    {
        using var response = await _start.Proxy.Client.GetAsync("/health");
        return response.StatusCode;
    }

    private async Task<byte[]> ReadDocumentAsync()
    {
        using var response = await _start.Proxy.SendAsync(HttpMethod.Get, "/api/v1/environment-document/", "ser.env");
        return await response.Content.ReadAsByteArrayAsync();
    }
}
