using System.Text;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Analytics;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Persistence.Analytics;

/// <summary>Invalid files in the directory: each is logged once, and has no effect.</summary>
public sealed class HostileCountFilesTests : IDisposable
{
    private const string Good = """[{"application_name":"shop","application_version":"","sdk":"","counts":{"plain":5}}]""";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("""{"a":1}""", "not counts")]
    [InlineData("""[{"application_name":"shop"}]""", "not counts")]
    [InlineData("""[{"application_name":1,"application_version":"","sdk":"","counts":{"plain":5}}]""", "not counts")]
    [InlineData("""[{"application_name":"shop","application_version":"","sdk":"","counts":{"plain":-5}}]""", "not counts")]
    [InlineData("""[{"application_name":"shop","application_version":"","sdk":"","counts":{"plain":1.5}}]""", "not counts")]
    [InlineData("""[{"application_name":"shop","application_version":"","sdk":"","counts":{"plain":99999999999999999999}}]""", "not counts")]
    [InlineData("""[{"application_name":"shop","application_version":"","sdk":"","counts":{"plain":5}""", "not counts")]
    [InlineData("text", "not a snapshot")]
    [InlineData("empty", "it is empty")]
    [InlineData("directory", "it is a directory")]
    [InlineData("cut", "truncated, or damaged")]
    [InlineData("flipped", "it is damaged")]
    [InlineData("other entry", "of another entry")]
    [InlineData("huge", "more than a document may have")]
    public async Task Start_FileIsNotGood_OneWarningAndTheGoodOneIsCounted(string content, string reason)
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        var entry = EntryOf(fixture);
        Place(_directory.Combine(StoredCountFile.NameOf(entry)), entry, content);
        File.WriteAllBytes(_directory.Combine(StoredCountFile.NameOf(entry)), StoredCountFile.Of(entry, Encoding.UTF8.GetBytes(Good)));
        await using var proxy = await fixture.StartAnotherAsync(options => options with { Persistence = new PersistenceOptions { SnapshotDirectory = _directory.Path } });

        await fixture.UntilReportsAsync(1);
        await Patience.UntilAsync(() => Directory.GetFileSystemEntries(_directory.Path, "*.counts").Length == 1, "the good file to be removed");
        await fixture.UntilAsync(() => proxy.Log.Entries.Any(static logged => logged.EventId == EventIds.AnalyticsFileIgnored), "the warning");
        fixture.Time.Advance(TimeSpan.FromMinutes(5));
        await proxy.StopAsync();

        Assert.Equal("plain=5", AnalyticsProxy.Sums(fixture.Reports));
        var warning = Assert.Single(proxy.Log.Entries, static logged => logged.EventId == EventIds.AnalyticsFileIgnored);
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.Contains(reason, warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FilesOfOtherEnvironmentsAndUpstreams_StayAsTheyAre()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        foreach (var entry in (string[])[StoredDocumentName.Of("flag-counts", "https://elsewhere.example/api/v1", "a"), StoredDocumentName.Of("flag-counts", fixture.Upstream.Address + "api/v1", "c")])
        {
            File.WriteAllBytes(_directory.Combine(StoredCountFile.NameOf(entry)), StoredCountFile.Of(entry, Encoding.UTF8.GetBytes(Good)));
        }

        File.WriteAllText(_directory.Combine("notes.counts"), "somebody's");
        var before = Directory.GetFiles(_directory.Path).Order().ToArray();
        await using var proxy = await fixture.StartAnotherAsync(options => options with { Persistence = new PersistenceOptions { SnapshotDirectory = _directory.Path } });
        await proxy.WaitUntilLoadedAsync();
        fixture.Time.Advance(TimeSpan.FromMinutes(5));
        await proxy.StopAsync();

        Assert.Empty(fixture.Reports);
        Assert.Empty(before.Except(Directory.GetFiles(_directory.Path)));
    }

    [Fact]
    public async Task Start_LockOfAnEndedInstance_Removed()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        var left = _directory.Combine($"{Guid.NewGuid():N}.counts.lock");
        File.WriteAllText(left, "");
        await using var proxy = await fixture.StartAnotherAsync(options => options with { Persistence = new PersistenceOptions { SnapshotDirectory = _directory.Path } });

        await Patience.UntilAsync(() => !File.Exists(left), "the lock to be removed");
    }

    [Fact]
    public async Task Start_NameThatTheDocumentDoesNotHave_CountedAsLost()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        var entry = EntryOf(fixture);
        File.WriteAllBytes(
            _directory.Combine(StoredCountFile.NameOf(entry)),
            StoredCountFile.Of(entry, Encoding.UTF8.GetBytes(Good.Replace("\"plain\":5", "\"plain\":5,\"gone\":3", StringComparison.Ordinal))));
        await using var proxy = await fixture.StartAnotherAsync(options => options with { Persistence = new PersistenceOptions { SnapshotDirectory = _directory.Path } });
        await proxy.WaitUntilLoadedAsync();

        await fixture.UntilReportsAsync(1);

        Assert.Equal("plain=5", AnalyticsProxy.Sums(fixture.Reports));
        Assert.Equal(3, (await Exposition.OfAsync(proxy)).Sum("edgeproxy_analytics_lost_evaluations_total", ("reason", "unknown_feature")));
    }

    private static string EntryOf(AnalyticsProxy fixture) => StoredDocumentName.Of("flag-counts", fixture.Upstream.Address + "api/v1", "a");

    private static void Place(string path, string entry, string content)
    {
        var good = StoredCountFile.Of(entry, Encoding.UTF8.GetBytes(Good));
        switch (content)
        {
            case "text":
                File.WriteAllText(path, new string('#', 500));
                break;
            case "empty":
                File.WriteAllText(path, "");
                break;
            case "directory":
                Directory.CreateDirectory(path);
                break;
            case "cut":
                File.WriteAllBytes(path, good[..^1]);
                break;
            case "flipped":
                good[^20] ^= 1;
                File.WriteAllBytes(path, good);
                break;
            case "other entry":
                File.WriteAllBytes(path, StoredCountFile.Of(StoredDocumentName.Of("flag-counts", "other"), Encoding.UTF8.GetBytes(Good)));
                break;
            case "huge":
                File.WriteAllBytes(path, good);
                using (var file = File.OpenWrite(path))
                {
                    file.SetLength(1L << 40); // takes no room
                }

                break;
            default:
                File.WriteAllBytes(path, StoredCountFile.Of(entry, Encoding.UTF8.GetBytes(content)));
                break;
        }
    }
}
