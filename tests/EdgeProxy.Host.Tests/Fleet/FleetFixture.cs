using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Upstream;
using EdgeProxy.Host.Upstream;
using StackExchange.Redis;

namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>Members of one fleet on a real server (<see cref="StoreServer"/>), and the upstream that they share.</summary>
internal sealed class FleetFixture : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _parts = [];
    private readonly TcpListener _blackHole = new(IPAddress.Loopback, 0);

    private readonly string _store;

    private FleetFixture(FakeUpstream upstream, string store, ConnectionMultiplexer redis)
    {
        Upstream = upstream;
        _store = store;
        Redis = redis;
        _blackHole.Start(); // connections are accepted by the kernel, and nobody answers
    }

    /// <summary>The API.</summary>
    public FakeUpstream Upstream { get; }

    /// <summary>A connection of our own to the store.</summary>
    public ConnectionMultiplexer Redis { get; }

    /// <summary>The names of this fleet.</summary>
    public string Prefix { get; } = StoreServer.NewPrefix();

    /// <summary>An address that nobody answers at.</summary>
    public Uri BlackHole => new($"http://127.0.0.1:{((IPEndPoint)_blackHole.LocalEndpoint).Port}/api/v1");

    /// <summary>The key of the environment's document in the store.</summary>
    public RedisKey DocumentKey => $"{{{Prefix}:{new SealedEnvironment("ser.env").Id}}}:document";

    /// <summary>The requests for documents that the API got.</summary>
    public int Polls => Upstream.Requests.Count(static request => request.Target.StartsWith("/api/v1/environment-document", StringComparison.Ordinal));

    /// <summary>Starts the upstream with a first document.</summary>
    /// <param name="store">The store; null for <see cref="StoreServer"/>.</param>
    public static async Task<FleetFixture> StartAsync(string? store = null)
    {
        var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument("ser.env", Document("first", second: 0));
        return new FleetFixture(upstream, store ?? StoreServer.Address, await StoreServer.OpenAsync(store));
    }

    /// <summary>A document with a value, and the second of the hour in which it was changed.</summary>
    public static byte[] Document(string value, int second) =>
        PolledProxy.Document(value, document => document["updated_at"] = $"2026-11-01T12:{second / 60:00}:{second % 60:00}.000000Z");

    /// <summary>Starts a member.</summary>
    /// <param name="api">Its API, if it has one of its own.</param>
    /// <param name="store">Its way to the store.</param>
    /// <param name="configure">Changes its options.</param>
    public async Task<TestProxy> StartMemberAsync(Uri? api = null, string? store = null, Func<ProxyOptions, ProxyOptions>? configure = null)
    {
        var options = new ProxyOptions
        {
            Upstream = new UpstreamOptions { ApiUrl = api ?? new Uri(Upstream.Address, "/api/v1"), ApiPollFrequency = TimeSpan.FromSeconds(0.5) },
            EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.env", "env")],
            Fleet = new FleetOptions { Store = store ?? _store, Prefix = Prefix },
        };
        var proxy = await TestProxy.StartAsync(configure?.Invoke(options) ?? options);
        _parts.Add(proxy);
        return proxy;
    }

    /// <summary>The value that a member serves; null if it has no document.</summary>
    public static async Task<string?> ValueAsync(TestProxy member)
    {
        using var response = await member.SendAsync(HttpMethod.Get, "/api/v1/flags/?feature=plain", "env");
        return response.IsSuccessStatusCode ? (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["feature_state_value"] : null;
    }

    /// <summary>Waits until members serve a value.</summary>
    public static Task WaitForAsync(string value, params TestProxy[] members) => Patience.UntilAsync(
        async () => (await Task.WhenAll(members.Select(ValueAsync))).All(found => found == value), $"{value} at every member");

    /// <summary>The revision of a document.</summary>
    public static string RevisionOf(byte[] document) => DocumentPosition.RevisionOf(document);

    /// <summary>Waits until the store has the document with a revision.</summary>
    public Task WaitForStoredAsync(byte[] document) => Patience.UntilAsync(
        async () => (string?)await Redis.GetDatabase().HashGetAsync(DocumentKey, "revision") == DocumentPosition.RevisionOf(document), "the document in the store");

    /// <summary>Starts three members, and waits until all serve the first document, the store has it, and one holds the lease.</summary>
    public async Task<TestProxy[]> StartThreeAsync()
    {
        TestProxy[] members = [await StartMemberAsync(), await StartMemberAsync(), await StartMemberAsync()];
        await WaitForAsync("first", members);
        await WaitForStoredAsync(Document("first", 0));
        await Patience.UntilAsync(() => members.Count(static member => Part(member).IsHolder) == 1, "a holder of the lease");
        return members;
    }

    /// <summary>The part of a member in the fleet.</summary>
    public static FleetEnvironment Part(TestProxy member) =>
        ((FleetContext)member.Services.GetService(typeof(FleetContext))!).Find(member.Registry.Environments[0])!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts)
        {
            await part.DisposeAsync();
        }

        _blackHole.Dispose();
        await Upstream.DisposeAsync();
        await Redis.DisposeAsync();
    }
}
