using System.Net;
using System.Text;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Server;

/// <summary><c>config.json</c> changes while the proxy runs.</summary>
public sealed class ConfigurationFollowerTests : IAsyncLifetime, IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly TemporaryDirectory _directory = new();
    private FakeUpstream _upstream = null!;
    private TestProxy _proxy = null!;
    private int _changes;

    private string File => _directory.Combine("config.json");

    public async Task InitializeAsync()
    {
        _upstream = await FakeUpstream.StartAsync();
        foreach (var key in new[] { "a", "b" })
        {
            foreach (var serverKey in new[] { $"ser.{key}", $"ser.{key}.new" })
            {
                _upstream.SetDocument(serverKey, Encoding.UTF8.GetBytes(Documents.Small(key).ToJsonString()));
            }
        }

        Write("""{"server_side_key":"ser.a","client_side_key":"a"}""");
        _proxy = await TestProxy.FollowAsync(Read(), _time);
        await _proxy.WaitUntilLoadedAsync();
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task File_EnvironmentAdded_ServedAndTheOtherKeepsWhatItHas()
    {
        var before = _proxy.Registry.Environments[0].Current;

        Write("""{"server_side_key":"ser.a","client_side_key":"a"},{"server_side_key":"ser.b","client_side_key":"b"}""");
        await UntilAsync("b", HttpStatusCode.OK);

        Assert.Same(before, _proxy.Registry.Environments[0].Current);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("ser.b"));
        var entry = await _proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.ConfigurationChanged);
        Assert.Contains("added: …; removed: none", entry.Message, StringComparison.Ordinal); // of a key this short nothing may be shown
    }

    [Fact]
    public async Task File_EnvironmentRemoved_ItsKeysAreUnknown()
    {
        Write("""{"server_side_key":"ser.b","client_side_key":"b"}""");

        await UntilAsync("a", HttpStatusCode.Unauthorized);
        await UntilAsync("b", HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("ser.a"));
    }

    [Fact]
    public async Task File_ServerSideKeyReplaced_FetchedAndOpenedWithTheNewOne()
    {
        Write("""{"server_side_key":"ser.a.new","client_side_key":"a"}""");

        await UntilAsync("ser.a.new", HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("ser.a"));
        await Patience.UntilAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return _upstream.Requests.Any(static request => request.Header("X-Environment-Key") == "ser.a.new");
            },
            "a poll with the new key");
    }

    [Theory]
    [InlineData("""{"server_side_key":"wrong","client_side_key":"a"}""")]
    [InlineData("""{"server_side_key":"ser.a","client_side_key":"a"},{"server_side_key":"ser.a","client_side_key":"b"}""")]
    [InlineData("""{""")]
    [InlineData("")]
    public async Task File_CannotBeUsed_NothingChangesAndItIsSaid(string pairs)
    {
        Write(pairs);

        await LoggedAsync(EventIds.ConfigurationUnusable);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("a"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("ser.a"));

        Write("""{"server_side_key":"ser.b","client_side_key":"b"}""");
        await UntilAsync("b", HttpStatusCode.OK);
    }

    [Fact]
    public async Task File_OtherSettingsChanged_SaidThatTheyNeedARestart()
    {
        Write("""{"server_side_key":"ser.a","client_side_key":"a"}""", ""","server":{"port":9},"api_poll_frequency":3""");

        var entry = await LoggedAsync(EventIds.ConfigurationNeedsRestart);

        Assert.Contains("api_poll_frequency_seconds, server.port. This takes effect after a restart", entry.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_proxy.Log.Entries, static entry => entry.EventId == EventIds.ConfigurationChanged);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("a"));
    }

    [Fact]
    public async Task File_TouchedOnly_NothingIsSaid()
    {
        Write("""{"server_side_key":"ser.a","client_side_key":"a"}""");
        await Patience.UntilAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return _upstream.Requests.Count > 3;
            },
            "some time to pass");

        Assert.DoesNotContain(_proxy.Log.Entries, static entry => entry.EventId is >= EventIds.ConfigurationChanged and <= EventIds.ConfigurationFailed);
    }

    [Fact]
    public async Task SecretFile_KeyPairsChanged_FollowedAsTheFileItself()
    {
        const string Pairs = """[{"server_side_key":"ser.a","client_side_key":"a"}]""";
        var secrets = _directory.Combine("pairs.json");
        System.IO.File.WriteAllText(secrets, Pairs);
        System.IO.File.WriteAllText(File, $$"""{"api_url":"{{new Uri(_upstream.Address, "/api/v1")}}","environment_key_pairs_file":"{{secrets}}"}""");
        await using var proxy = await TestProxy.FollowAsync(Read(), _time);
        await proxy.WaitUntilLoadedAsync();

        System.IO.File.WriteAllText(secrets, Pairs.Replace("}]", """},{"server_side_key":"ser.b","client_side_key":"b"}]""", StringComparison.Ordinal));

        await Patience.UntilAsync(
            async () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                using var response = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "b");
                return response.StatusCode == HttpStatusCode.OK;
            },
            "the environment of the changed secret file");
    }

    [Fact]
    public async Task SecretFile_OtherSecretChanged_SaidThatItNeedsARestartAndNotShown()
    {
        var token = _directory.Combine("token");
        System.IO.File.WriteAllText(token, "first-token");
        System.IO.File.WriteAllText(
            File, $$"""{"api_url":"{{new Uri(_upstream.Address, "/api/v1")}}","environment_key_pairs":[{"server_side_key":"ser.a","client_side_key":"a"}],"server":{"admin_token_file":"{{token}}" } }""");
        await using var proxy = await TestProxy.FollowAsync(Read(), _time);

        System.IO.File.WriteAllText(token, "the-second-token");

        await Patience.UntilAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return proxy.Log.Entries.Any(static entry => entry.EventId == EventIds.ConfigurationNeedsRestart);
            },
            "the change to be noticed");
        var entry = proxy.Log.Entries.First(static entry => entry.EventId == EventIds.ConfigurationNeedsRestart);
        Assert.Contains("server.admin_token", entry.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("second", entry.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ReplacedByAPipe_SaidAndTheNextFileIsFollowed()
    {
        System.IO.File.Delete(File);
        await NamedPipe.CreateAsync(File);

        var entry = await LoggedAsync(EventIds.ConfigurationUnreadable);
        Assert.Contains("not a regular file", entry.Message, StringComparison.Ordinal);

        Write("""{"server_side_key":"ser.b","client_side_key":"b"}""");
        await UntilAsync("b", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Stop_ReadingTheFileHangs_EndsAtOnce()
    {
        await _proxy.DisposeAsync();
        using var never = new ManualResetEventSlim();
        var isReading = false;
        var configuration = Read();
        _proxy = await TestProxy.FollowAsync(
            configuration with
            {
                Origin = new ConfigurationOrigin(File, () =>
                {
                    Volatile.Write(ref isReading, true);
                    never.Wait(); // as a dead mount does
                    return configuration;
                }),
            },
            _time);
        await Patience.UntilAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return Volatile.Read(ref isReading);
            },
            "the file to be read");

        await _proxy.StopAsync().WaitAsync(TimeSpan.FromSeconds(4), TimeProvider.System);
        never.Set();
    }

    private ConfigurationResult Read()
    {
        var sources = new SettingsSources(ProxySettings.Catalog);
        sources.AddFile(File);
        return ProxySettings.Bind(sources, demo: false) with { Origin = new ConfigurationOrigin(File, Read) };
    }

    /// <summary>Writes another file in the place of the one there is.</summary>
    private void Write(string pairs, string others = "")
    {
        var text = $$"""{"api_url":"{{new Uri(_upstream.Address, "/api/v1")}}","environment_key_pairs":[{{pairs}}]{{others}}}""";
        System.IO.File.WriteAllText(File + ".new", text);

        // The file system's clock may be coarser than two writes are apart.
        System.IO.File.SetLastWriteTimeUtc(File + ".new", new DateTime(2026, 11, 22, 10, 0, 0, DateTimeKind.Utc).AddSeconds(_changes++));
        System.IO.File.Move(File + ".new", File, overwrite: true);
    }

    private async Task<HttpStatusCode> StatusAsync(string key)
    {
        using var response = await _proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", key);
        return response.StatusCode;
    }

    private Task UntilAsync(string key, HttpStatusCode status) => Patience.UntilAsync(
        async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return await StatusAsync(key) == status;
        },
        $"{status} for {key}");

    private async Task<LogEntry> LoggedAsync(int eventId)
    {
        await Patience.UntilAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return _proxy.Log.Entries.Any(entry => entry.EventId == eventId);
            },
            "a log entry");
        return _proxy.Log.Entries.First(entry => entry.EventId == eventId);
    }
}
