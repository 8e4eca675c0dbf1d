using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Analytics;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Persistence.Analytics;

/// <summary>Counts that could not be sent are sent after a restart, once (docs/spec/analytics.md 2.4).</summary>
public sealed class StoredCountsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Stop_UpstreamFails_SentAfterTheNextStart()
    {
        await using var fixture = await StartAsync();
        fixture.Answer = FakeUpstream.Status(503);
        await fixture.PostAsync("a", """{"plain":7,"off":1}""", ("Flagsmith-Application-Name", "shop"));
        await fixture.PostAsync("ser.b", """{"plain":20}""");

        await fixture.Proxy.StopAsync();

        Assert.Contains(fixture.Proxy.Log.Entries, static entry => entry.EventId == EventIds.AnalyticsStored && entry.Message.Contains("28 evaluations", StringComparison.Ordinal));
        Assert.DoesNotContain(fixture.Proxy.Log.Entries, static entry => entry.EventId == EventIds.AnalyticsUnsent);
        var failed = fixture.Reports.Count;
        fixture.Answer = null;
        await fixture.RestartAsync();
        await fixture.UntilReportsAsync(failed + 2);
        Assert.Equal(
            ["a shop off=1 plain=7", "b  plain=20"],
            fixture.Reports.Skip(failed).Select(static report =>
                $"{report.Header("X-Environment-Key")} {report.Header("Flagsmith-Application-Name")} {AnalyticsProxy.Sums(report)}").Order());
        await UntilNoFilesAsync();
        Assert.Equal(28, (await Exposition.OfAsync(fixture.Proxy)).Sum("edgeproxy_analytics_restored_evaluations_total"));
        await fixture.RestartAsync();
        fixture.Time.Advance(TimeSpan.FromMinutes(5));
        await fixture.Proxy.StopAsync();
        Assert.Equal(failed + 2, fixture.Reports.Count);
    }

    [Fact]
    public async Task Killed_UpstreamFails_OneIntervalIsLostAtMost()
    {
        await using var fixture = await StartAsync();
        fixture.Answer = FakeUpstream.Status(503);
        await fixture.PostAsync("a", """{"plain":1}""");
        await fixture.UntilReportsAsync(1);
        await Patience.UntilAsync(() => Files().Length == 1, "a file");
        await fixture.PostAsync("a", """{"plain":10,"off":5}""");
        fixture.Time.Advance(TimeSpan.FromSeconds(10)); // an interval, in which no attempt is made
        await Patience.UntilAsync(() => Read(_directory.Path) == 16, "the counts of the interval to be stored");
        await fixture.PostAsync("a", """{"plain":100}""");

        using var killed = CopyOfFiles();
        var failed = fixture.Reports.Count;
        fixture.Answer = null;
        await using var next = await fixture.StartAnotherAsync(options => options with { Persistence = new PersistenceOptions { SnapshotDirectory = killed.Path } });
        // First the report: while the next instance renames the file, a listing of the directory may have neither name.
        await fixture.UntilAsync(() => fixture.Reports.Skip(failed).Any(static report => AnalyticsProxy.Sums(report) == "off=5 plain=11"), "the stored counts to arrive");
        await fixture.UntilAsync(() => !Directory.EnumerateFiles(killed.Path, "*.counts").Any(), "the file to be removed");
    }

    [Fact]
    public async Task Killed_RequestHangsLongerThanAnInterval_NothingIsLost()
    {
        await using var fixture = await StartAsync(static options => options with { Upstream = options.Upstream with { ApiPollTimeout = TimeSpan.FromHours(10) } });
        var hangs = new TaskCompletionSource();
        fixture.Answer = _ => hangs.Task;
        await fixture.PostAsync("a", """{"plain":3}""");
        await fixture.UntilReportsAsync(1);
        await fixture.PostAsync("a", """{"plain":40}""");

        await fixture.UntilAsync(() => Read(_directory.Path) == 43, "what is under way, and what waits, to be stored");

        fixture.Answer = null;
        hangs.SetResult();
        await Patience.UntilAsync(() => Read(_directory.Path) == 40, "what waits to stay stored");
        await fixture.UntilAsync(() => Files().Length == 0, "the file to be removed");
        Assert.Equal("plain=43", AnalyticsProxy.Sums(fixture.Reports));
    }

    [Fact]
    public async Task Flush_UpstreamTakesEverything_NothingIsWritten()
    {
        await using var fixture = await StartAsync();
        for (var i = 1; i <= 5; i++)
        {
            await fixture.PostAsync("a", """{"plain":1}""");
            await fixture.UntilReportsAsync(i);
            Assert.Empty(Files());
        }

        await fixture.Proxy.StopAsync();
        Assert.Empty(Directory.GetFiles(_directory.Path, "*.counts*"));
    }

    [Fact]
    public async Task Flush_OneOfTwoRequestsTaken_TheOtherIsStored()
    {
        await using var fixture = await StartAsync();
        fixture.Answer = static context =>
        {
            context.Response.StatusCode = context.Request.Headers["Flagsmith-Application-Name"] == "bad" ? 503 : 200;
            return Task.CompletedTask;
        };
        await fixture.PostAsync("a", """{"plain":1}""", ("Flagsmith-Application-Name", "good"));
        await fixture.PostAsync("a", """{"plain":2}""", ("Flagsmith-Application-Name", "bad"));

        await fixture.UntilReportsAsync(2);

        await Patience.UntilAsync(() => Read(_directory.Path) == 2, "what failed to be stored");
        fixture.Answer = null;
        await fixture.UntilAsync(() => Files().Length == 0, "the file to be removed");
        Assert.Equal("plain=3", AnalyticsProxy.Sums(fixture.Reports.Where(static (report, index) => index < 2 && report.Header("Flagsmith-Application-Name") == "good" || index >= 2)));
    }

    [Fact]
    public async Task Start_FileOfARunningInstance_NotTaken()
    {
        await using var fixture = await StartAsync();
        fixture.Answer = FakeUpstream.Status(503);
        await fixture.PostAsync("a", """{"plain":1}""");
        await fixture.UntilReportsAsync(1);
        await Patience.UntilAsync(() => Files().Length == 1, "a file");
        await using var other = await fixture.StartAnotherAsync();
        fixture.Time.Advance(TimeSpan.FromMinutes(2));
        await fixture.UntilReportsAsync(3);

        fixture.Answer = null;
        var failed = fixture.Reports.Count;
        await fixture.UntilAsync(() => Files().Length == 0, "the file to be removed");

        Assert.DoesNotContain(other.Log.Entries, static entry => entry.EventId == EventIds.AnalyticsRestored);
        Assert.Equal("plain=1", AnalyticsProxy.Sums(fixture.Reports.Skip(failed)));
    }

    [Fact]
    public async Task Start_SeveralInstancesEnded_EachFileIsCountedOnce()
    {
        await using var fixture = await StartAsync();
        fixture.Answer = FakeUpstream.Status(503);
        TestProxy[] others = [await fixture.StartAnotherAsync(), await fixture.StartAnotherAsync(), await fixture.StartAnotherAsync()];
        foreach (var other in others)
        {
            await other.WaitUntilLoadedAsync();
            using var response = await other.SendAsync(HttpMethod.Post, AnalyticsProxy.Path, "a", """{"plain":1}""");
        }

        await Task.WhenAll(others.Select(static other => other.StopAsync()));
        foreach (var other in others)
        {
            await other.DisposeAsync();
        }

        Assert.Equal(3, Files().Length);
        fixture.Answer = null;
        var failed = fixture.Reports.Count;
        await using var second = await fixture.StartAnotherAsync();

        await fixture.UntilAsync(() => Files().Length == 0, "all files to be removed");

        Assert.Equal("plain=3", AnalyticsProxy.Sums(fixture.Reports.Skip(failed)));
    }

    [Fact]
    public async Task Stop_FileOnDisk_ForItsOwnerOnlyAndWithoutTheKey()
    {
        await using var fixture = await StartAsync(static options => options with { EnvironmentKeyPairs = [new("ser.secret-server-key", "secret-client-key")] }, isLoaded: false);
        fixture.Answer = FakeUpstream.Status(503);
        await fixture.PostAsync("secret-client-key", """{"plain":1}""");
        await fixture.Proxy.StopAsync();

        var file = Assert.Single(Files());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode);
        Assert.DoesNotContain("secret", file + File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flush_DirectoryCannotBeWritten_OneWarningAndSentAllTheSame()
    {
        File.WriteAllText(_directory.Combine("file"), "");
        await using var fixture = await AnalyticsProxy.StartAsync(options => options with { Persistence = new PersistenceOptions { SnapshotDirectory = _directory.Combine("file") } });
        fixture.Answer = FakeUpstream.Status(503);
        await fixture.PostAsync("a", """{"plain":1}""");
        await fixture.UntilReportsAsync(3);
        fixture.Answer = null;
        var failed = fixture.Reports.Count;

        await fixture.UntilReportsAsync(failed + 1);

        Assert.Equal("plain=1", AnalyticsProxy.Sums(fixture.Reports.Skip(failed)));
        Assert.Equal(LogLevel.Warning, Assert.Single(fixture.Proxy.Log.Entries, static entry => entry.EventId == EventIds.AnalyticsNotStored).Level);
    }

    /// <summary>The evaluations in the files of a directory.</summary>
    internal static long Read(string directory) => Directory.EnumerateFiles(directory, "*.counts")
        .Sum(static file => StoredCountFile.Read(file).Sum(static batch => batch.Evaluations));

    private string[] Files() => Directory.GetFiles(_directory.Path, "*.counts");

    /// <summary>The files of counts as a killed process would leave them.</summary>
    private TemporaryDirectory CopyOfFiles()
    {
        var copy = new TemporaryDirectory();
        foreach (var file in Directory.EnumerateFiles(_directory.Path, "*.counts"))
        {
            File.Copy(file, copy.Combine(Path.GetFileName(file)));
        }

        return copy;
    }

    private Task UntilNoFilesAsync() => Patience.UntilAsync(() => Files().Length == 0, "the files to be removed");

    private Task<AnalyticsProxy> StartAsync(Func<ProxyOptions, ProxyOptions>? configure = null, bool isLoaded = true) => AnalyticsProxy.StartAsync(
        options => (configure?.Invoke(options) ?? options) with { Persistence = new PersistenceOptions { SnapshotDirectory = _directory.Path } }, isLoaded);
}
