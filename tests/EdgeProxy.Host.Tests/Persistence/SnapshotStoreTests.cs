using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Testing;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Persistence;

/// <summary>Stored documents are restored whole or not at all.</summary>
public sealed class SnapshotStoreTests : IDisposable
{
    private static readonly string Name = StoredDocumentName.Of("test", "entry");

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly LogCollector _log = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Read_Written_AllOfIt()
    {
        var metadata = new StoredDocumentMetadata(_time.GetUtcNow(), "\"ä tag\"", "Sun, 01 Nov 2026 12:00:00 GMT");

        Assert.True(Open().Write(Name, "content"u8.ToArray(), metadata));

        var stored = Open().Read(Name)!;
        Assert.Equal("content"u8, stored.Content);
        Assert.Equal(metadata, stored.Metadata);
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public void Read_NothingKnownBesides_Nulls()
    {
        Assert.True(Open().Write(Name, default, new StoredDocumentMetadata(_time.GetUtcNow(), new string('x', 5000))));

        var stored = Open().Read(Name)!;
        Assert.Empty(stored.Content);
        Assert.Equal(new StoredDocumentMetadata(_time.GetUtcNow()), stored.Metadata);
    }

    [Fact]
    public void Read_NeverWritten_NothingAndNoWarning()
    {
        Assert.Null(Open().Read(Name));
        Assert.Null(new DocumentFiles(new PersistenceOptions { SnapshotDirectory = _directory.Combine("none") }, new DocumentOptions(), _time, Logger()).Read(Name));
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public void Store_NoDirectory_DoesNothing()
    {
        var store = new DocumentFiles(new PersistenceOptions(), new DocumentOptions(), _time, Logger());

        store.Prepare();
        store.Delete(Name);

        Assert.False(store.IsEnabled);
        Assert.False(store.Write(Name, "content"u8.ToArray(), new StoredDocumentMetadata(_time.GetUtcNow())));
        Assert.False(store.Touch(Name, _time.GetUtcNow()));
        Assert.Null(store.Read(Name));
        Assert.Empty(_log.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_Third_TheFirstIsGone(bool bySameProcess)
    {
        var store = Open();
        foreach (var content in new[] { "first", "second", "third" })
        {
            if (!bySameProcess)
            {
                store = Open();
                store.Read(Name);
            }

            Write(store, content);
        }

        Assert.Equal(["third", "second"], Generations());
        Assert.Equal(2, Directory.GetFiles(_directory.Path).Length);
    }

    [Fact]
    public void Write_ClockWentBack_StillTheNewest()
    {
        Write(Open(), "first");
        var earlier = new ManualTimeProvider();
        _time.Advance(TimeSpan.FromDays(1));
        Write(Open(), "second");
        var store = new DocumentFiles(Options(), new DocumentOptions(), earlier, Logger());
        store.Read(Name);

        Write(store, "third");

        Assert.Equal(["third", "second"], Generations());
    }

    [Fact]
    public void Write_TheNewestWasPassedOver_TheOlderStays()
    {
        var first = Open();
        Write(first, "good");
        Write(first, "of no use");
        var store = Open();
        Assert.Equal("good", TextOf(store.Read(Name, store.Read(Name)!.Generation)));

        Write(store, "new");

        Assert.Equal(["new", "good"], Generations());
    }

    [Fact]
    public void Write_TwoInstancesInTurns_TheTwoNewest()
    {
        var (one, other) = (Open(), Open());
        foreach (var (store, content) in new[] { (one, "1"), (other, "2"), (other, "3"), (one, "4"), (one, "5"), (other, "6") })
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Write(store, content);
            Assert.Equal(content, Generations()[0]);
        }
    }

    [Fact]
    public async Task Write_TwoInstancesAtOnce_AlwaysAWholeOne()
    {
        Write(Open(), new string('0', 100_000));
        var writers = Task.WhenAll(Enumerable.Range(1, 2).Select(digit => OnThreadOfItsOwn(() =>
        {
            var store = Open();
            for (var i = 0; i < 50; i++)
            {
                Write(store, new string((char)('0' + digit), 100_000 + digit));
            }
        })));

        await OnThreadOfItsOwn(() =>
        {
            while (!writers.IsCompleted)
            {
                var text = TextOf(Open().Read(Name))!;
                Assert.Equal(new string(text[0], 100_000 + text[0] - '0'), text);
            }
        });
        await writers;
        Assert.DoesNotContain(_log.Entries, static entry => entry.Level >= LogLevel.Warning);
        Assert.Equal(2, Directory.GetFiles(_directory.Path).Length);
    }

    [Fact]
    public void Touch_Later_ThatTimeUnlessItIsToCome()
    {
        var store = Open();
        Write(store, "content");
        _time.Advance(TimeSpan.FromHours(1));

        Assert.True(store.Touch(Name, _time.GetUtcNow()));
        Assert.Equal(_time.GetUtcNow(), Open().Read(Name)!.Metadata.Fetched);

        Assert.True(store.Touch(Name, _time.GetUtcNow() + TimeSpan.FromDays(1)));
        Assert.Equal(_time.GetUtcNow() - TimeSpan.FromHours(1), Open().Read(Name)!.Metadata.Fetched);
    }

    [Fact]
    public void Read_FetchedInTheFuture_Now()
    {
        Open().Write(Name, "content"u8.ToArray(), new StoredDocumentMetadata(_time.GetUtcNow() + TimeSpan.FromDays(1)));

        Assert.Equal(_time.GetUtcNow(), Open().Read(Name)!.Metadata.Fetched);
    }

    [Fact]
    public void Delete_Written_NothingLeft()
    {
        var store = Open();
        Write(store, "first");
        Write(store, "second");

        store.Delete(Name);

        Assert.Empty(Directory.GetFiles(_directory.Path));
        Assert.Null(store.Read(Name));
        Assert.False(store.Touch(Name, _time.GetUtcNow()));
    }

    private static Task OnThreadOfItsOwn(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static string? TextOf(StoredDocument? stored) => stored is null ? null : Encoding.UTF8.GetString(stored.Content);

    private void Write(DocumentFiles store, string content) =>
        Assert.True(store.Write(Name, Encoding.UTF8.GetBytes(content), new StoredDocumentMetadata(_time.GetUtcNow())));

    /// <summary>The stored documents, newest first.</summary>
    private List<string> Generations()
    {
        var store = Open();
        var found = new List<string>();
        var before = long.MaxValue;
        while (store.Read(Name, before) is { } stored)
        {
            found.Add(TextOf(stored)!);
            before = stored.Generation;
        }

        return found;
    }

    private DocumentFiles Open() => new(Options(), new DocumentOptions(), _time, Logger());

    private PersistenceOptions Options() => new() { SnapshotDirectory = _directory.Path };

    private ILogger<DocumentFiles> Logger() => new LoggerFactory([_log]).CreateLogger<DocumentFiles>();
}
