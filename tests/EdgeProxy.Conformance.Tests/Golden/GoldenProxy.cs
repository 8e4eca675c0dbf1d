using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;

namespace EdgeProxy.Conformance.Tests.Golden;

/// <summary>The proxy on all recorded environments at once, fetched from an upstream as in production.</summary>
public sealed class GoldenProxy : IAsyncLifetime
{
    private FakeUpstream? _upstream;
    private TestProxy? _proxy;

    /// <summary>A client that asks it.</summary>
    public HttpClient Client => _proxy!.Client;

    public async Task InitializeAsync()
    {
        _upstream = await FakeUpstream.StartAsync();
        var pairs = new List<EnvironmentKeyPairOptions>();
        foreach (var recording in Recording.Names.Select(Recording.Read))
        {
            _upstream.SetDocument(recording.ServerKey, Encoding.UTF8.GetBytes(recording.Document));
            pairs.Add(new EnvironmentKeyPairOptions(recording.ServerKey, recording.ClientKey));
        }

        _proxy = await TestProxy.StartAsync(new ProxyOptions { Upstream = new UpstreamOptions { ApiUrl = new Uri(_upstream.Address, "/api/v1") }, EnvironmentKeyPairs = pairs });
        await _proxy.WaitUntilLoadedAsync();
    }

    public async Task DisposeAsync()
    {
        await _proxy!.DisposeAsync();
        await _upstream!.DisposeAsync();
    }
}
