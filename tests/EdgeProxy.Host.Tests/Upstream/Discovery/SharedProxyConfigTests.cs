using System.Net;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Fleet;
using EdgeProxy.Host.Upstream;
using StackExchange.Redis;

namespace EdgeProxy.Host.Tests.Upstream.Discovery;

/// <summary>Members with a proxy key, on a real server (docs/spec/fleet.md 7).</summary>
public sealed class SharedProxyConfigTests : IAsyncLifetime
{
    private readonly string _prefix = StoreServer.NewPrefix();
    private readonly List<TestProxy> _members = [];
    private FakeUpstream _upstream = null!;

    public async Task InitializeAsync()
    {
        _upstream = await FakeUpstream.StartAsync();
        foreach (var key in (string[])["a", "b"])
        {
            _upstream.SetDocument($"ser.{key}", DiscoveryFixture.Document(key));
        }

        _upstream.ProxyConfig = List("a");
    }

    public async Task DisposeAsync()
    {
        foreach (var member in _members)
        {
            await member.DisposeAsync();
        }

        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Start_ApiDown_EnvironmentsOfTheStore()
    {
        await StartAsync();
        await WaitForAsync("a", HttpStatusCode.OK);
        await WaitForStoredAsync();

        var late = await StartAsync(new Uri($"http://127.0.0.1:{StoreServer.FreePort()}/api/v1"));

        await UntilAsync(late, "a", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Change_AtTheApi_ServedByAllAndRequestedByOne()
    {
        await StartAsync();
        await WaitForAsync("a", HttpStatusCode.OK);
        await WaitForStoredAsync();
        await StartAsync(new Uri(_upstream.Address, "/second/api/v1")); // the upstream knows no such path
        await WaitForAsync("a", HttpStatusCode.OK);

        _upstream.ProxyConfig = List("b");

        await WaitForAsync("b", HttpStatusCode.OK);
        await WaitForAsync("a", HttpStatusCode.Unauthorized);
        Assert.DoesNotContain(_upstream.Requests, static request => request.Target.StartsWith("/second/api/v1/proxy/config", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Never_Follower_ServedWithoutTheApi()
    {
        await StartAsync();
        await WaitForAsync("a", HttpStatusCode.OK);
        await StartAsync(new Uri(_upstream.Address, "/second/api/v1"), FleetPolling.Never);
        await WaitForAsync("a", HttpStatusCode.OK);

        _upstream.ProxyConfig = List("a", "b");
        await WaitForAsync("b", HttpStatusCode.OK);

        Assert.DoesNotContain(_upstream.Requests, static request => request.Target.StartsWith("/second/api/v1/proxy/config", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Store_LosesTheConfig_WrittenAgain()
    {
        await StartAsync();
        await WaitForAsync("a", HttpStatusCode.OK);
        await WaitForStoredAsync();
        await using var redis = await StoreServer.OpenAsync();

        await redis.GetDatabase().KeyDeleteAsync(ConfigKey);

        await WaitForStoredAsync();
    }

    /// <summary>Keys that were revoked must not come back by way of the store.</summary>
    [Fact]
    public async Task Store_EarlierConfigPlayedBack_NotServedAndReplaced()
    {
        var member = await StartAsync();
        await WaitForAsync("a", HttpStatusCode.OK);
        await WaitForStoredAsync();
        await using var redis = await StoreServer.OpenAsync();
        var earlier = await redis.GetDatabase().HashGetAllAsync(ConfigKey);
        var before = await RevisionAsync(redis);
        _upstream.ProxyConfig = List("b");
        await WaitForAsync("a", HttpStatusCode.Unauthorized);
        await Patience.UntilAsync(async () => await RevisionAsync(redis) != before, "the second config in the store");

        await redis.GetDatabase().HashSetAsync(ConfigKey, earlier);

        await Patience.UntilAsync(async () => await RevisionAsync(redis) != before, "the earlier config to be replaced");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(member, "a"));
    }

    [Fact]
    public async Task Store_ConfigChangedBySomebody_NotServedAndReplaced()
    {
        await StartAsync();
        await WaitForAsync("a", HttpStatusCode.OK);
        await WaitForStoredAsync();
        await using var redis = await StoreServer.OpenAsync();
        await redis.GetDatabase().HashSetAsync(ConfigKey, "payload", "forged");

        var late = await StartAsync();

        await Patience.UntilAsync(() => late.Log.Entries.Any(static entry => entry.EventId == EventIds.FleetConfigUnusable), "the log entry");
        await UntilAsync(late, "a", HttpStatusCode.OK);
        await Patience.UntilAsync(async () => (string?)await redis.GetDatabase().HashGetAsync(ConfigKey, "payload") != "forged", "the config to be replaced");
        Assert.DoesNotContain(late.Log.Entries, static entry => entry.Message.Contains(FakeUpstream.ProxyKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_StoreUnreachable_EnvironmentsOfTheApi()
    {
        var member = await StartAsync(store: $"redis://127.0.0.1:{StoreServer.FreePort()}");

        await UntilAsync(member, "a", HttpStatusCode.OK);
        _upstream.ProxyConfig = List("b");
        await UntilAsync(member, "b", HttpStatusCode.OK);
    }

    private RedisKey ConfigKey => $"{{{_prefix}:{new SealedEnvironment(FakeUpstream.ProxyKey).Id}}}:document";

    private static string List(params string[] keys) => ProxyConfigs.List([.. keys.Select(ProxyConfigs.Environment)]);

    private static async Task<HttpStatusCode> StatusAsync(TestProxy member, string key)
    {
        using var response = await member.SendAsync(HttpMethod.Get, "/api/v1/flags/", key);
        return response.StatusCode;
    }

    private static Task UntilAsync(TestProxy member, string key, HttpStatusCode status) =>
        Patience.UntilAsync(async () => await StatusAsync(member, key) == status, $"{status} for {key}");

    private async Task<string?> RevisionAsync(ConnectionMultiplexer redis) => await redis.GetDatabase().HashGetAsync(ConfigKey, "revision");

    private async Task WaitForAsync(string key, HttpStatusCode status)
    {
        foreach (var member in _members)
        {
            await UntilAsync(member, key, status);
        }
    }

    private async Task WaitForStoredAsync()
    {
        await using var redis = await StoreServer.OpenAsync();
        await Patience.UntilAsync(async () => await redis.GetDatabase().KeyExistsAsync(ConfigKey), "the config in the store");
    }

    private async Task<TestProxy> StartAsync(Uri? api = null, FleetPolling poll = FleetPolling.Lease, string? store = null)
    {
        var member = await TestProxy.StartAsync(new ProxyOptions
        {
            Upstream = new UpstreamOptions
            {
                ApiUrl = api ?? new Uri(_upstream.Address, "/api/v1"),
                ProxyKey = FakeUpstream.ProxyKey,
                ApiPollFrequency = TimeSpan.FromSeconds(1),
            },
            Fleet = new FleetOptions { Store = store ?? StoreServer.Address, Prefix = _prefix, Poll = poll },
        });
        _members.Add(member);
        return member;
    }
}
