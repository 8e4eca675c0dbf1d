using System.Text;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;
using EdgeProxy.Tools.Golden;

namespace EdgeProxy.Conformance.Tests.Golden;

/// <summary>The proxy on all recorded environments at once, fetched from an upstream as in production; once as it is, once without details.</summary>
public sealed class GoldenProxy : IAsyncLifetime
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Golden", "Recordings");

    private FakeUpstream? _upstream;
    private TestProxy? _proxy;
    private TestProxy? _proxyWithoutDetails;

    /// <summary>The files of all recordings.</summary>
    public static IReadOnlyList<string> Recordings { get; } = Recording.FilesIn(Folder);

    /// <summary>A client that asks it.</summary>
    public HttpClient Client => _proxy!.Client;

    /// <summary>A client that asks the one with <c>flags.details</c> set to <c>none</c>.</summary>
    public HttpClient ClientWithoutDetails => _proxyWithoutDetails!.Client;

    /// <summary>The file of a recording.</summary>
    public static string PathOf(string name) => Path.Combine(Folder, name);

    public async Task InitializeAsync()
    {
        _upstream = await FakeUpstream.StartAsync();
        var pairs = new List<EnvironmentKeyPairOptions>();
        foreach (var recording in Recordings.Select(Recording.Read))
        {
            _upstream.SetDocument(recording.ServerKey, Encoding.UTF8.GetBytes(recording.Document));
            pairs.Add(new EnvironmentKeyPairOptions(recording.ServerKey, recording.ClientKey));
        }

        var options = new ProxyOptions { Upstream = new UpstreamOptions { ApiUrl = new Uri(_upstream.Address, "/api/v1") }, EnvironmentKeyPairs = pairs };
        _proxy = await TestProxy.StartAsync(options);
        _proxyWithoutDetails = await TestProxy.StartAsync(options with { Documents = new DocumentOptions { FlagDetails = FlagDetails.None } });
        await _proxy.WaitUntilLoadedAsync();
        await _proxyWithoutDetails.WaitUntilLoadedAsync();
    }

    public async Task DisposeAsync()
    {
        await _proxy!.DisposeAsync();
        await _proxyWithoutDetails!.DisposeAsync();
        await _upstream!.DisposeAsync();
    }
}
