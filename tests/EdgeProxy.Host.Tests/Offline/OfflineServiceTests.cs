using System.Text.Json.Nodes;
using EdgeProxy.Host.Changes;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Offline;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Offline;

/// <summary>Documents from files: watched, swapped in, and the last good one kept.</summary>
public sealed class OfflineServiceTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"edgeproxy-{Guid.NewGuid():N}.json");
    private TestProxy? _proxy;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        File.Delete(_file);
    }

    [Fact]
    public async Task File_Served_WithKeysOfItsOwn()
    {
        await StartAsync(serverSideKey: null);

        Assert.Equal("first", await PlainAsync("env"));
        Assert.Equal("first", await PlainAsync("ser.env"));
        Assert.Equal(File.ReadAllText(_file), await _proxy!.GetAsync("/api/v1/environment-document/", "ser.env"));
    }

    [Fact]
    public async Task File_ServerKeyGiven_ThatOneInstead()
    {
        await StartAsync(serverSideKey: "ser.other");

        Assert.Equal("first", await PlainAsync("ser.other"));
        using var response = await _proxy!.SendAsync(HttpMethod.Get, "/api/v1/flags/", "ser.env");
        Assert.Equal(401, (int)response.StatusCode);
    }

    [Fact]
    public async Task File_ByteOrderMark_Served()
    {
        await File.WriteAllTextAsync(_file, Document("first"), new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await StartAsync(serverSideKey: null, write: false);

        Assert.Equal("first", await PlainAsync("env"));
    }

    [Fact]
    public async Task File_Changed_SwappedIn()
    {
        await StartAsync(serverSideKey: null);

        await File.WriteAllTextAsync(_file, Document("second value"));
        await LookAsync();

        await Patience.UntilAsync(() => PlainAsync("env").Result == "second value", "the change");
    }

    [Fact]
    public async Task File_ReplacedByRename_SwappedIn()
    {
        await StartAsync(serverSideKey: null);

        await File.WriteAllTextAsync(_file + ".new", Document("renamed"));
        File.Move(_file + ".new", _file, overwrite: true);
        await LookAsync();

        await Patience.UntilAsync(() => PlainAsync("env").Result == "renamed", "the change");
    }

    [Fact]
    public async Task File_BehindALinkThatChanges_SwappedIn()
    {
        var (one, two) = (_file + ".1", _file + ".2");
        await File.WriteAllTextAsync(one, Document("first"));
        await File.WriteAllTextAsync(two, Document("second"));
        File.CreateSymbolicLink(_file, one);
        await StartAsync(serverSideKey: null, write: false);

        File.CreateSymbolicLink(_file + ".link", two);
        File.Move(_file + ".link", _file, overwrite: true);
        await LookAsync();

        await Patience.UntilAsync(() => PlainAsync("env").Result == "second", "the change");
        File.Delete(one);
        File.Delete(two);
    }

    [Theory]
    [InlineData("{ \"api_key\": \"env\", ", EventIds.FileRejected)]
    [InlineData("{ \"api_key\": \"env\", \"feature_states\": 1, \"project\": {} }", EventIds.FileRejected)]
    [InlineData("{ }", EventIds.FileRejected)]
    [InlineData("", EventIds.FileRejected)]
    [InlineData("{ \"api_key\": \"other\", \"feature_states\": [], \"project\": {} }", EventIds.FileKeyChanged)]
    public async Task File_Broken_ReportedAndTheLastGoodOneStays(string content, int eventId)
    {
        await StartAsync(serverSideKey: null);

        await File.WriteAllTextAsync(_file, content);
        await LookAsync();

        var entry = await _proxy!.Log.WaitForAsync(entry => entry.EventId == eventId);
        Assert.Equal(LogLevel.Error, entry.Level);
        Assert.Contains(_file, entry.Message, StringComparison.Ordinal);
        Assert.Contains("the previous document is still served", entry.Message, StringComparison.Ordinal);
        Assert.Equal("first", await PlainAsync("env"));

        await File.WriteAllTextAsync(_file, Document("mended"));
        await LookAsync();
        await Patience.UntilAsync(() => PlainAsync("env").Result == "mended", "the change");
    }

    [Fact]
    public async Task File_InvalidAtStart_MessageSaysThatNothingIsLoaded()
    {
        await File.WriteAllTextAsync(_file, "{ \"api_key\": \"env\", \"feature_states\": 1, \"project\": {} }");
        _proxy = await TestProxy.StartAsync(Options(serverSideKey: null), _time);

        var entry = await _proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.FileRejected);
        Assert.Contains("nothing is loaded, requests with its keys get 503", entry.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("still", entry.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_Gone_ReportedOnceAndTheLastGoodOneStays()
    {
        await StartAsync(serverSideKey: null);

        File.Delete(_file);
        await LookAsync();
        await _proxy!.Log.WaitForAsync(static entry => entry.EventId == EventIds.FileUnreadable);
        await LookAsync();
        await LookAsync();
        Assert.Equal("first", await PlainAsync("env"));

        await File.WriteAllTextAsync(_file, Document("back"));
        await LookAsync();
        await Patience.UntilAsync(() => PlainAsync("env").Result == "back", "the change");
        Assert.Single(_proxy.Log.Entries, static entry => entry.EventId == EventIds.FileUnreadable);
    }

    [Fact]
    public async Task File_ChangesMuch_HeldAndServedWhenReleased()
    {
        await File.WriteAllTextAsync(_file, Document("first"));
        _proxy = await TestProxy.StartAsync(Options(serverSideKey: null) with { Changes = new ChangeOptions { SampleIdentities = 1000, HoldAbovePercent = 50 } }, _time);
        await _proxy.WaitUntilLoadedAsync();
        await _time.WaitForWaiterAsync(FileWatch.Interval, FileWatch.Interval);
        for (var i = 0; i < 40; i++)
        {
            await _proxy.PostIdentityAsync("env", $$"""{"identifier":"{{i}}","traits":[]}""");
        }

        await File.WriteAllTextAsync(_file, Document("second value"));
        await LookAsync();
        await _proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.VersionHeld);
        Assert.Equal("first", await PlainAsync("env"));

        using var response = await _proxy.SendAsync(HttpMethod.Post, "/proxy/environments/env/release", key: null);
        Assert.Equal(202, (int)response.StatusCode);
        await Patience.UntilAsync(() => PlainAsync("env").Result == "second value", "the released version");
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("{", "not an environment document")]
    [InlineData("[]", "not an environment document")]
    [InlineData("{}", "not an environment document")]
    public void Load_UnusableFile_AProblemThatNamesIt(string? content, string expected)
    {
        if (content is not null)
        {
            File.WriteAllText(_file, content);
        }

        var problems = new List<SettingProblem>();
        OfflineDocumentLoader.Load(Options(serverSideKey: null).EnvironmentDocuments, demo: false, problems);

        var problem = Assert.Single(problems);
        Assert.Equal("environment_documents[0]", problem.Path);
        Assert.Contains(_file, problem.Message, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SameKeyTwice_AProblem()
    {
        File.WriteAllText(_file, Document("first"));
        var options = new ProxyOptions
        {
            EnvironmentDocuments = [new EnvironmentDocumentOptions(_file, null)],
            EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.x", "env")],
        };
        var problems = new List<SettingProblem>();

        OfflineDocumentLoader.CheckKeys(
            options.EnvironmentKeyPairs, OfflineDocumentLoader.Load(options.EnvironmentDocuments, demo: false, problems), problems);

        Assert.Contains("another environment", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_Served_WithASegmentAtWork()
    {
        _proxy = await TestProxy.StartAsync(new ProxyOptions { Demo = true }, _time);
        await _proxy.WaitUntilLoadedAsync();

        var ada = JsonNode.Parse(await _proxy.PostIdentityAsync("demo", """{"identifier":"ada","traits":[{"trait_key":"plan","trait_value":"enterprise"}]}"""))!;
        var eve = JsonNode.Parse(await _proxy.PostIdentityAsync("demo", """{"identifier":"eve","traits":[{"trait_key":"plan","trait_value":"free"}]}"""))!;
        var grace = JsonNode.Parse(await _proxy.GetAsync("/api/v1/identities/?identifier=grace@example.com", "demo"))!;

        Assert.Equal("insights", (string?)ada["flags"]![0]!["feature_state_value"]);
        Assert.Equal("classic", (string?)eve["flags"]![0]!["feature_state_value"]);
        Assert.Equal("priority", (string?)grace["flags"]![3]!["feature_state_value"]);
        Assert.DoesNotContain(_proxy.Log.Entries, static entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task File_ReplacedByOneOfTheSameSizeAndTime_Served()
    {
        await StartAsync(serverSideKey: null);
        var written = File.GetLastWriteTimeUtc(_file);

        // As layers of images and package managers do: every file has the same time.
        await File.WriteAllTextAsync(_file + ".new", Document("other"));
        File.SetLastWriteTimeUtc(_file + ".new", written);
        Assert.Equal(new FileInfo(_file).Length, new FileInfo(_file + ".new").Length);
        File.Move(_file + ".new", _file, overwrite: true);

        await Patience.UntilAsync(
            async () =>
            {
                await LookAsync();
                return await PlainAsync("env") == "other";
            },
            "the other file");
    }

    private static string Document(string value)
    {
        var document = Documents.Small("env");
        document["feature_states"]![0]!["feature_state_value"] = value;
        return document.ToJsonString();
    }

    private ProxyOptions Options(string? serverSideKey) =>
        new() { EnvironmentDocuments = [new EnvironmentDocumentOptions(_file, serverSideKey)] };

    private async Task StartAsync(string? serverSideKey, bool write = true)
    {
        if (write)
        {
            await File.WriteAllTextAsync(_file, Document("first"));
        }

        _proxy = await TestProxy.StartAsync(Options(serverSideKey), _time);
        await _proxy.WaitUntilLoadedAsync();
        await _time.WaitForWaiterAsync(FileWatch.Interval, FileWatch.Interval);
    }

    /// <summary>Lets the service look at the file.</summary>
    private Task LookAsync()
    {
        _time.Advance(FileWatch.Interval);
        return Task.CompletedTask;
    }

    private async Task<string?> PlainAsync(string key) =>
        (string?)JsonNode.Parse(await _proxy!.GetAsync("/api/v1/flags/?feature=plain", key))!["feature_state_value"];
}
