using System.Diagnostics;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Persistence;

/// <summary>A disk that cannot be used, or not now, changes nothing but what the next start finds.</summary>
public sealed class DiskTroubleTests : IAsyncLifetime
{
    private ColdStart _start = null!;

    public async Task InitializeAsync() => _start = await ColdStart.CreateAsync();

    public async Task DisposeAsync() => await _start.DisposeAsync();

    [Theory]
    [InlineData("/proc")] // nobody can make a file there
    [InlineData("/proc/none/of/it")]
    [InlineData("/dev/null")]
    public async Task Start_DirectoryCannotBeUsed_OneWarningAndServes(string path)
    {
        await _start.StartAsync(path);

        var entry = await _start.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.StoreDirectoryUnusable);
        Assert.Contains(path, entry.Message, StringComparison.Ordinal);
        await _start.Proxy.WaitUntilLoadedAsync();
        _start.Upstream.SetDocument("ser.env", ColdStart.Document("second"));
        await _start.PollAsync();
        await _start.PollAsync();
        Assert.Equal("second", await _start.PlainAsync());
        await _start.StopAsync();
        Assert.Single(_start.Proxy.Log.Entries, static entry => entry.EventId is >= 600 and < 700);
    }

    [Fact]
    public async Task Running_DirectoryRemoved_PollsServesAndKeepsAgain()
    {
        await _start.StartAsync();
        await _start.WaitUntilKeptAsync("first");
        Directory.Delete(_start.SnapshotPath, recursive: true);

        _start.Upstream.SetDocument("ser.env", ColdStart.Document("second"));
        await _start.PollAsync();

        Assert.Equal("second", await _start.PlainAsync());
        await _start.WaitUntilKeptAsync("second");
    }

    [Fact]
    public async Task Running_FilesRemovedAndNothingChanges_KeptAgainAfterAMinute()
    {
        await _start.StartAsync();
        await _start.WaitUntilKeptAsync("first");
        Directory.Delete(_start.SnapshotPath, recursive: true);

        await _start.PollAsync();
        await _start.PollAsync();

        await _start.WaitUntilKeptAsync("first");
    }

    [Fact]
    public async Task Running_DirectoryCannotBeWrittenForAWhile_PollsServesAndKeepsAgain()
    {
        await _start.StartAsync();
        await _start.WaitUntilKeptAsync("first");
        Directory.Delete(_start.SnapshotPath, recursive: true);
        await File.WriteAllTextAsync(_start.SnapshotPath, "in the way");

        _start.Upstream.SetDocument("ser.env", ColdStart.Document("second"));
        await _start.PollAsync();
        var entry = await _start.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.DocumentNotStored);
        Assert.Contains(_start.SnapshotPath, entry.Message, StringComparison.Ordinal);
        Assert.Equal("second", await _start.PlainAsync());

        File.Delete(_start.SnapshotPath);
        await _start.PollAsync();
        await _start.PollAsync();
        await _start.WaitUntilKeptAsync("second");
    }

    [Fact]
    public async Task Start_DiskHangs_PollingBeginsAfterTheLimit()
    {
        await _start.KeepAsync("kept");
        var file = Assert.Single(_start.Files);
        File.Delete(file);
        var pipe = $"{file}.pipe";
        using (var make = Process.Start("mkfifo", [pipe]))
        {
            await make.WaitForExitAsync();
        }

        File.CreateSymbolicLink(file, pipe); // opening it waits until somebody writes to it
        var before = _start.Upstream.Requests.Count;
        await _start.StartAsync();
        await _start.Time.WaitForWaiterAsync(PersistedEnvironment.RestoreLimit, PersistedEnvironment.RestoreLimit);
        Assert.Equal(before, _start.Upstream.Requests.Count);
        using (var flags = await _start.Proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "env"))
        {
            Assert.Equal(503, (int)flags.StatusCode);
        }

        _start.Time.Advance(PersistedEnvironment.RestoreLimit);
        await Patience.UntilAsync(() => _start.Environment.Freshness.Origin == DocumentOrigin.Upstream, "the first poll");

        Assert.Contains(_start.Proxy.Log.Entries, static entry => entry.EventId == EventIds.StoredDocumentTooSlow);
        Assert.Equal("", _start.Upstream.Requests.ElementAt(before).Header("If-None-Match"));
        Assert.Equal("kept", await _start.PlainAsync());
        _start.Upstream.SetDocument("ser.env", ColdStart.Document("second"));
        await _start.PollAsync();
        Assert.Equal("second", await _start.PlainAsync());

        // What was waited for comes in the end; it is written over, and not served.
        await Patience.UntilAsync(
            () =>
            {
                File.Open(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
                return new FileInfo(file).LinkTarget is null;
            },
            "the pipe to be written over");
        await _start.WaitUntilKeptAsync("second");
        Assert.Equal("second", await _start.PlainAsync());
    }

    [Fact]
    public async Task Stop_NotWrittenYet_WrittenBeforeTheEnd()
    {
        await _start.StartAsync();
        await _start.Proxy.WaitUntilLoadedAsync();

        await _start.StopAsync();

        Assert.Equal(ColdStart.Document("first"), _start.Read()!.Content);
    }
}
