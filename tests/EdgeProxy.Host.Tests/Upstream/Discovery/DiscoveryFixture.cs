using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;

namespace EdgeProxy.Host.Tests.Upstream.Discovery;

/// <summary>A proxy with a proxy key, its upstream and their clock.</summary>
internal sealed class DiscoveryFixture : IAsyncDisposable
{
    // The clock is moved a second at a time until something was asked, so that no poll is missed, and never near the time
    // that a request may take or after which usage is reported.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private DiscoveryFixture(FakeUpstream upstream, ManualTimeProvider time, TestProxy proxy)
    {
        Upstream = upstream;
        Time = time;
        Proxy = proxy;
    }

    public FakeUpstream Upstream { get; }

    public ManualTimeProvider Time { get; }

    public TestProxy Proxy { get; }

    /// <summary>Starts it with environments that are listed; each has a document.</summary>
    public static Task<DiscoveryFixture> ListAsync(params string[] keys) =>
        StartAsync(ProxyConfigs.List([.. keys.Select(ProxyConfigs.Environment)]));

    /// <summary>Starts it.</summary>
    /// <param name="config">The proxy config.</param>
    /// <param name="prepare">Prepares the upstream.</param>
    /// <param name="configure">Changes the options.</param>
    public static async Task<DiscoveryFixture> StartAsync(
        string config, Action<FakeUpstream>? prepare = null, Func<ProxyOptions, ProxyOptions>? configure = null)
    {
        var upstream = await FakeUpstream.StartAsync();
        foreach (var key in new[] { "a", "b", "c" })
        {
            upstream.SetDocument($"ser.{key}", Document(key));
        }

        upstream.ProxyConfig = config;
        prepare?.Invoke(upstream);
        var options = new ProxyOptions
        {
            Upstream = new UpstreamOptions
            {
                ApiUrl = new Uri(upstream.Address, "/api/v1"),
                ProxyKey = FakeUpstream.ProxyKey,
                ApiPollTimeout = TimeSpan.FromHours(1),
                UsageFlushInterval = TimeSpan.FromDays(1),
            },
        };
        var time = new ManualTimeProvider();
        return new DiscoveryFixture(upstream, time, await TestProxy.StartAsync(configure?.Invoke(options) ?? options, time));
    }

    public static byte[] Document(string key, string value = "first")
    {
        var document = Documents.Small(key);
        document["feature_states"]![0]!["feature_state_value"] = value;
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    public EnvironmentState State(string key) => Proxy.Registry.Environments.Single(environment => environment.ClientSideKey == key);

    public async Task<HttpStatusCode> StatusAsync(string key, string target = "/api/v1/flags/")
    {
        using var response = await Proxy.SendAsync(HttpMethod.Get, target, key);
        return response.StatusCode;
    }

    public Task UntilAsync(string key, HttpStatusCode status) =>
        Patience.UntilAsync(async () => await StatusAsync(key) == status, $"{status} for {key}");

    public async Task<string?> PlainAsync(string key) =>
        (string?)JsonNode.Parse(await Proxy.GetAsync("/api/v1/flags/?feature=plain", key))!["feature_state_value"];

    /// <summary>Has the proxy ask for the config, and take what it gets, with certainty: it asks twice.</summary>
    public async Task PollAsync()
    {
        await AskAsync();
        await AskAsync();
    }

    /// <summary>Moves the clock until the proxy asks for the config.</summary>
    public async Task AskAsync()
    {
        var before = Upstream.ConfigRequests;
        await Patience.UntilAsync(
            () =>
            {
                Time.Advance(Step);
                return Upstream.ConfigRequests > before;
            },
            "the proxy to ask for the config");
    }

    public int Logged(int eventId) => Proxy.Log.Entries.Count(entry => entry.EventId == eventId);

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
