using System.Diagnostics;
using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Testing;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Persistence;

/// <summary>Invalid files in the directory: the newest valid generation is found, and each invalid file is logged.</summary>
public sealed class HostileFilesTests : IDisposable
{
    private const int MaxContent = 1000;

    private static readonly string Name = StoredDocumentName.Of("test", "entry");
    private static readonly DateTimeOffset Fetched = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly string _newest;

    public HostileFilesTests()
    {
        var (store, _) = Open();
        Assert.True(store.Write(Name, "older"u8.ToArray(), new StoredDocumentMetadata(Fetched, "\"1\"", "then")));
        var before = Directory.GetFiles(_directory.Path);
        Assert.True(store.Write(Name, "newer"u8.ToArray(), new StoredDocumentMetadata(Fetched, "\"2\"", "then")));
        _newest = Assert.Single(Directory.GetFiles(_directory.Path).Except(before));
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Read_AnyByteOfTheNewestDamaged_TheOlderAndAWarning()
    {
        var good = File.ReadAllBytes(_newest);
        for (var position = 0; position < good.Length; position++)
        {
            foreach (var mask in new byte[] { 0x01, 0x20, 0x80, 0xFF })
            {
                var bad = (byte[])good.Clone();
                bad[position] ^= mask;
                File.WriteAllBytes(_newest, bad);
                if (position is >= 44 and < 52)
                {
                    // The generation: with a lower one it is not looked at any further.
                    Assert.Equal("older"u8, Open().Store.Read(Name)!.Content);
                    continue;
                }

                AssertPassedOver("");
            }
        }
    }

    [Fact]
    public void Read_TheNewestCutOffAnywhere_TheOlderAndAWarning()
    {
        var good = File.ReadAllBytes(_newest);
        for (var length = 0; length < good.Length; length++)
        {
            File.WriteAllBytes(_newest, good[..length]);
            AssertPassedOver("");
        }

        File.WriteAllBytes(_newest, [.. good, 0]);
        AssertPassedOver("truncated, or damaged");
    }

    [Fact]
    public void Read_TheNewestNamesAnotherEntry_TheOlderAndAWarning()
    {
        var other = StoredDocumentName.Of("test", "other");
        var (store, _) = Open();
        Assert.True(store.Write(other, "of another"u8.ToArray(), new StoredDocumentMetadata(Fetched)));
        File.Move(Assert.Single(Directory.GetFiles(_directory.Path, $"{other}*")), _newest, overwrite: true);

        AssertPassedOver("of another entry");
    }

    [Fact]
    public void Read_TheNewestOfAFutureVersion_TheOlderAndAWarning()
    {
        var bytes = File.ReadAllBytes(_newest);
        bytes[8] = 2;
        File.WriteAllBytes(_newest, bytes);

        AssertPassedOver("has the version 2, and not 1");
    }

    [Fact]
    public void Read_TheNewestHuge_NotReadAndAWarning()
    {
        using (var file = File.OpenWrite(_newest))
        {
            file.SetLength(1L << 40); // takes no room
        }

        AssertPassedOver("more than a document may have");
    }

    [Fact]
    public void Read_AsLargeAsMayBe_Taken()
    {
        var (store, _) = Open();
        var content = new byte[MaxContent];
        Assert.True(store.Write(Name, content, new StoredDocumentMetadata(Fetched, new string('x', 4096), new string('y', 4096))));

        Assert.Equal(content, Open().Store.Read(Name)!.Content);
    }

    [Theory]
    [InlineData("directory", "it is a directory")]
    [InlineData("pipe", "it is empty")]
    [InlineData("text", "it is not a snapshot")]
    [InlineData("dangling link", "")]
    [InlineData("circular link", "")]
    [InlineData("link to a directory", "")]
    public void Read_SomethingElseInThePlace_TheOlderAndAWarning(string what, string reason)
    {
        File.Delete(_newest);
        switch (what)
        {
            case "directory":
                Directory.CreateDirectory(_newest);
                break;
            case "pipe":
                using (var make = Process.Start("mkfifo", [_newest]))
                {
                    make.WaitForExit();
                }

                break;
            case "text":
                File.WriteAllText(_newest, new string('#', 500));
                break;
            case "dangling link":
                File.CreateSymbolicLink(_newest, _directory.Combine("nowhere"));
                break;
            case "circular link":
                File.CreateSymbolicLink(_newest, _newest);
                break;
            default:
                File.CreateSymbolicLink(_newest, _directory.Path);
                break;
        }

        AssertPassedOver(reason);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("link")]
    public void Write_SomethingElseInThePlace_Replaced(string what)
    {
        var target = _directory.Combine("target");
        File.WriteAllText(target, "somebody's");
        File.Delete(_newest);
        if (what == "link")
        {
            File.CreateSymbolicLink(_newest, target);
        }
        else
        {
            File.WriteAllText(_newest, "rubbish");
        }

        var (store, _) = Open();
        store.Read(Name);
        Assert.True(store.Write(Name, "new"u8.ToArray(), new StoredDocumentMetadata(Fetched)));

        Assert.Equal("new"u8, Open().Store.Read(Name)!.Content);
        Assert.Equal("somebody's", File.ReadAllText(target));
        Assert.Null(new FileInfo(_newest).LinkTarget);
    }

    [Fact]
    public void Write_ADirectoryInThePlace_FailsWithOneWarningAndLeavesNothing()
    {
        File.Delete(_newest);
        Directory.CreateDirectory(_newest);
        var (store, log) = Open();
        store.Read(Name);
        var before = Directory.GetFileSystemEntries(_directory.Path);

        Assert.False(store.Write(Name, "new"u8.ToArray(), new StoredDocumentMetadata(Fetched)));
        Assert.False(store.Write(Name, "new"u8.ToArray(), new StoredDocumentMetadata(Fetched)));

        Assert.Single(log.Entries, static entry => entry.EventId == EventIds.DocumentNotStored);
        Assert.Equal(before.Order(), Directory.GetFileSystemEntries(_directory.Path).Order());
        Assert.Equal("older"u8, Open().Store.Read(Name)!.Content);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(store.Write(Name, "new"u8.ToArray(), new StoredDocumentMetadata(Fetched)));
        Assert.Equal(2, log.Entries.Count(static entry => entry.EventId == EventIds.DocumentNotStored));
    }

    [Fact]
    public void Prepare_LeftOverFiles_OnlyOwnOnesThatNobodyWritesAreRemoved()
    {
        var leftover = _directory.Combine($"{Name}.{Guid.NewGuid():N}.snapshot.tmp");
        File.WriteAllText(leftover, "half");
        var used = _directory.Combine($"{Name}.{Guid.NewGuid():N}.snapshot.tmp");
        string[] foreign =
        [
            _directory.Combine("notes.tmp"),
            _directory.Combine("notes.snapshot.tmp"),
            _directory.Combine($"{Name}.snapshot.tmp"),
            _directory.Combine($"{Name}.{Guid.NewGuid():N}.snapshot.tmp2"),
            _directory.Combine($"{Name.ToUpperInvariant()}.{Guid.NewGuid():N}.snapshot.tmp"),
        ];
        foreach (var path in foreign)
        {
            File.WriteAllText(path, "somebody's");
        }

        var (store, log) = Open();
        using (new FileStream(used, FileMode.CreateNew, FileAccess.Write, FileShare.Delete))
        {
            store.Prepare();
        }

        Assert.False(File.Exists(leftover));
        Assert.All([used, .. foreign], static path => Assert.True(File.Exists(path), path));
        Assert.Contains("Removed 1 incomplete", Assert.Single(log.Entries).Message, StringComparison.Ordinal);
        Assert.Equal("newer"u8, store.Read(Name)!.Content);
    }

    [Theory]
    [InlineData("file/below")]
    [InlineData("file")]
    [InlineData("nul\0")]
    public void Prepare_DirectoryCannotBe_OneWarningThatSaysWhereAndWhy(string path)
    {
        File.WriteAllText(_directory.Combine("file"), "");
        var (store, log) = Open(_directory.Combine(path));

        store.Prepare();
        Assert.Null(store.Read(Name));
        Assert.False(store.Write(Name, "new"u8.ToArray(), new StoredDocumentMetadata(Fetched)));

        var entry = Assert.Single(log.Entries, static entry => entry.EventId == EventIds.StoreDirectoryUnusable);
        Assert.Equal(LogLevel.Warning, entry.Level);
        Assert.Contains(_directory.Combine(path), entry.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(log.Entries, static entry => entry.EventId == EventIds.DocumentNotStored);
    }

    private void AssertPassedOver(string reason)
    {
        var (store, log) = Open();
        Assert.Equal("older", Encoding.UTF8.GetString(store.Read(Name)!.Content));
        var entry = Assert.Single(log.Entries);
        Assert.Equal(EventIds.StoredDocumentIgnored, entry.EventId);
        Assert.Equal(LogLevel.Warning, entry.Level);
        Assert.Contains(_newest, entry.Message, StringComparison.Ordinal);
        Assert.Contains(reason, entry.Message, StringComparison.Ordinal);
    }

    private (DocumentFiles Store, LogCollector Log) Open(string? path = null)
    {
        var log = new LogCollector();
        var options = new PersistenceOptions { SnapshotDirectory = path ?? _directory.Path };
        var limits = new DocumentOptions { MaxDocumentBytes = MaxContent };
        return (new DocumentFiles(options, limits, _time, new LoggerFactory([log]).CreateLogger<DocumentFiles>()), log);
    }
}
