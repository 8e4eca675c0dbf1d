using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;

namespace EdgeProxy.Host.Tests.Upstream.Chaining;

/// <summary>An upstream, a root that polls it, two proxies that poll the root, and a leaf that polls one of these.</summary>
internal sealed class ProxyTree : IAsyncDisposable
{
    private readonly Relay[] _relays;
    private readonly TestProxy[] _proxies;

    private ProxyTree(FakeUpstream upstream, Relay[] relays, TestProxy[] proxies)
    {
        Upstream = upstream;
        _relays = relays;
        _proxies = proxies;
    }

    /// <summary>The source of the documents.</summary>
    public FakeUpstream Upstream { get; }

    /// <summary>The one that polls the upstream.</summary>
    public TestProxy Root => _proxies[0];

    /// <summary>The one farthest away from it.</summary>
    public TestProxy Leaf => _proxies[3];

    /// <summary>All, the root first and the leaf last.</summary>
    public IReadOnlyList<TestProxy> Proxies => _proxies;

    /// <summary>The relays between the proxies: two behind the root, and the leaf's.</summary>
    public IReadOnlyList<Relay> Relays => _relays;

    /// <summary>Starts it.</summary>
    public static async Task<ProxyTree> StartAsync(FakeUpstream upstream)
    {
        var root = await StartProxyAsync(upstream.Address);
        Relay[] behindRoot = [await Relay.StartAsync(root.Address), await Relay.StartAsync(root.Address)];
        var left = await StartProxyAsync(behindRoot[0].Address);
        var right = await StartProxyAsync(behindRoot[1].Address);
        var behindLeft = await Relay.StartAsync(left.Address);
        var leaf = await StartProxyAsync(behindLeft.Address);
        return new ProxyTree(upstream, [.. behindRoot, behindLeft], [root, left, right, leaf]);
    }

    /// <summary>Starts a proxy that polls quickly.</summary>
    /// <param name="parent">The upstream that it polls.</param>
    /// <param name="key">The environment's client-side key.</param>
    public static Task<TestProxy> StartProxyAsync(Uri parent, string key = "env") => TestProxy.StartAsync(new ProxyOptions
    {
        Upstream = new UpstreamOptions { ApiUrl = new Uri(parent, "/api/v1"), ApiPollFrequency = TimeSpan.FromMilliseconds(20) },
        EnvironmentKeyPairs = [new EnvironmentKeyPairOptions($"ser.{key}", key)],
    });

    /// <summary>A document large enough to be compressed on its way.</summary>
    public static byte[] Document(string value) => PolledProxy.Document($"{value} {new string('x', 5000)}");

    /// <summary>Waits until everybody has a value of the feature <c>plain</c>.</summary>
    public Task WaitForAsync(string value) => Patience.UntilAsync(() => _proxies.All(proxy => Has(proxy, value)), $"{value} everywhere");

    /// <summary>True if a proxy serves a value of the feature <c>plain</c>.</summary>
    public static bool Has(TestProxy proxy, string value) =>
        Current(proxy) is { } current && Encoding.UTF8.GetString(current.ServerFlags.Plain.Span).Contains($"\"{value} ", StringComparison.Ordinal);

    /// <summary>The value that a proxy serves.</summary>
    public static PublishedEnvironment? Current(TestProxy proxy) => proxy.Registry.Environments[0].Current;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies.Reverse())
        {
            await proxy.DisposeAsync();
        }

        foreach (var relay in _relays)
        {
            await relay.DisposeAsync();
        }
    }
}
