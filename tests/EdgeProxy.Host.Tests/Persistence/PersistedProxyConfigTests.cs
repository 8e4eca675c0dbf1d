using System.Net;
using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Upstream.Discovery;
using EdgeProxy.Host.Upstream;

namespace EdgeProxy.Host.Tests.Persistence;

/// <summary>Environments found with the proxy key are served after a restart, too; and nobody reads keys off the disk.</summary>
public sealed class PersistedProxyConfigTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private FakeUpstream _upstream = null!;
    private TestProxy _proxy = null!;

    public async Task InitializeAsync()
    {
        _upstream = await FakeUpstream.StartAsync();
        _upstream.ProxyConfig = ProxyConfigs.List(ProxyConfigs.Environment("a"), ProxyConfigs.Environment("b"));
        _upstream.SetDocument("ser.a", DiscoveryFixture.Document("a"));
        _upstream.SetDocument("ser.b", DiscoveryFixture.Document("b"));
        _proxy = await StartAsync(FakeUpstream.ProxyKey);
        await UntilAsync("a", HttpStatusCode.OK);
        await UntilAsync("b", HttpStatusCode.OK);
        await _proxy.DisposeAsync(); // what it has to keep, it keeps now
        _upstream.Behaviour = FakeUpstream.Status(500);
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Restart_UpstreamFails_DiscoveredEnvironmentsServedWithTheirKeys()
    {
        _proxy = await StartAsync(FakeUpstream.ProxyKey);

        await UntilAsync("a", HttpStatusCode.OK);
        await UntilAsync("ser.b", HttpStatusCode.OK);
        Assert.All(_proxy.Registry.Environments, static environment => Assert.Equal(DocumentOrigin.Disk, environment.Freshness.Origin));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("ser.c"));
        using var readiness = await _proxy.Client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, readiness.StatusCode);
    }

    [Fact]
    public async Task Restart_UpstreamKnowsOthersByNow_Corrected()
    {
        _proxy = await StartAsync(FakeUpstream.ProxyKey);
        await UntilAsync("a", HttpStatusCode.OK);

        _upstream.Behaviour = null;
        _upstream.ProxyConfig = ProxyConfigs.List(ProxyConfigs.Environment("b"));
        await Patience.UntilAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return _proxy.Registry.Environments.Count == 1;
            },
            "the environment to be dropped");

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("a"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("b"));
    }

    [Fact]
    public async Task Restart_AnotherProxyKey_NothingServed()
    {
        var before = _upstream.ConfigRequests;
        _proxy = await StartAsync("another key");

        await Patience.UntilAsync(() => _upstream.ConfigRequests > before, "the first poll, which comes after the disk");
        Assert.Empty(_proxy.Registry.Environments);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("a"));
    }

    [Fact]
    public void Files_OfTheProxyConfig_HoldNoKey()
    {
        var files = Directory.GetFiles(_directory.Path);

        Assert.True(files.Length >= 3, $"{files.Length} files"); // two documents and the config
        Assert.All(files, static file =>
        {
            var content = Encoding.Latin1.GetString(File.ReadAllBytes(file));
            Assert.DoesNotContain("ser.", content, StringComparison.Ordinal);
            Assert.DoesNotContain(FakeUpstream.ProxyKey, content, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Seal_OpenedWithTheSameSecret_TheText()
    {
        var text = "some text"u8.ToArray();
        var content = new DocumentSeal("secret", "test").Close(text);

        Assert.Equal(text, new DocumentSeal("secret", "test").Open(content));
        Assert.NotEqual(content, new DocumentSeal("secret", "test").Close(text));
        Assert.Null(new DocumentSeal("other", "test").Open(content));
        Assert.Null(new DocumentSeal("secret", "other").Open(content));
    }

    [Fact]
    public void Seal_ChangedAnywhereOrCutOff_Nothing()
    {
        var seal = new DocumentSeal("secret", "test");
        var content = seal.Close("some text"u8);
        for (var i = 0; i < content.Length; i++)
        {
            var changed = content.ToArray();
            changed[i] ^= 1;
            Assert.Null(seal.Open(changed));
            Assert.Null(seal.Open(content[..i]));
        }
    }

    private Task<TestProxy> StartAsync(string proxyKey) => TestProxy.StartAsync(
        new ProxyOptions
        {
            Upstream = new UpstreamOptions
            {
                ApiUrl = new Uri(_upstream.Address, "/api/v1"),
                ProxyKey = proxyKey,
                ApiPollTimeout = TimeSpan.FromHours(1),
                UsageFlushInterval = TimeSpan.FromDays(1),
            },
            Persistence = new PersistenceOptions { SnapshotDirectory = _directory.Path },
        },
        _time);

    private async Task<HttpStatusCode> StatusAsync(string key)
    {
        using var response = await _proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", key);
        return response.StatusCode;
    }

    private Task UntilAsync(string key, HttpStatusCode status) =>
        Patience.UntilAsync(async () => await StatusAsync(key) == status, $"{status} for {key}");
}
