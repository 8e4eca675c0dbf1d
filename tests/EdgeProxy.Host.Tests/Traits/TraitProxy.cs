using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Traits;
using EdgeProxy.Host.Upstream;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Traits;

/// <summary>A proxy with the environments a and b that forwards traits, whose upstream takes identities, and hardly anything else going on.</summary>
internal sealed class TraitProxy : IAsyncDisposable
{
    public const string Identities = "/api/v1/identities/";
    public const string SetTrait = "/api/v1/traits/";
    public const string SetTraits = "/api/v1/traits/bulk/";

    private TraitProxy(FakeUpstream upstream, ManualTimeProvider time, TestProxy proxy)
    {
        Upstream = upstream;
        Time = time;
        Proxy = proxy;
    }

    public FakeUpstream Upstream { get; }

    public ManualTimeProvider Time { get; }

    public TestProxy Proxy { get; }

    /// <summary>The upstream's answer to anything but a request for a document; null for 200.</summary>
    public Func<HttpContext, Task>? Answer { get; set; }

    /// <summary>The identities that the upstream got.</summary>
    public IReadOnlyList<RecordedRequest> Calls => [.. Upstream.Requests.Where(static request => request.Target == Identities)];

    public static async Task<TraitProxy> StartAsync(
        Func<TraitForwardingOptions, TraitForwardingOptions>? configure = null,
        Action<JsonObject>? change = null,
        bool isLoaded = true,
        Func<ProxyOptions, ProxyOptions>? configureAll = null)
    {
        var upstream = await FakeUpstream.StartAsync();
        foreach (var key in isLoaded ? (string[])["a", "b"] : [])
        {
            var document = Documents.Small(key);
            change?.Invoke(document);
            upstream.SetDocument($"ser.{key}", Encoding.UTF8.GetBytes(document.ToJsonString()));
        }

        var time = new ManualTimeProvider();
        TraitProxy? fixture = null;
        upstream.Behaviour = context => context.Request.Path == "/api/v1/environment-document/" ? upstream.AnswerWithDocumentAsync(context)
            : fixture?.Answer is { } answer ? answer(context)
            : Task.CompletedTask;
        var forwarding = new TraitForwardingOptions { IsEnabled = true };
        var options = new ProxyOptions
        {
            Upstream = new UpstreamOptions { ApiUrl = new Uri(upstream.Address, "/api/v1"), ApiPollFrequency = TimeSpan.FromDays(1), ApiPollTimeout = TimeSpan.FromMinutes(1) },
            EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.a", "a"), new EnvironmentKeyPairOptions("ser.b", "b")],
            Traits = configure?.Invoke(forwarding) ?? forwarding,
        };
        var proxy = await TestProxy.StartAsync(configureAll?.Invoke(options) ?? options, time);
        fixture = new TraitProxy(upstream, time, proxy);
        if (isLoaded)
        {
            await proxy.WaitUntilLoadedAsync();
        }

        return fixture;
    }

    /// <summary>Posts an identity with traits, as JSON objects.</summary>
    public Task<string> PostAsync(string key, string identifier, params string[] traits) =>
        Proxy.PostIdentityAsync(key, $$"""{"identifier":"{{identifier}}","traits":[{{string.Join(',', traits)}}]}""");

    /// <summary>A trait, as JSON.</summary>
    public static string Trait(string key, string value, string more = "") => $$"""{"trait_key":"{{key}}","trait_value":{{value}}{{more}}}""";

    /// <summary>Moves the clock until the upstream got so many identities in all.</summary>
    /// <param name="count">The number.</param>
    /// <param name="step">The step of the clock.</param>
    public Task UntilCallsAsync(int count, double step = 0.1) => UntilAsync(() => Calls.Count >= count, $"{count} calls, not {Calls.Count}", step);

    /// <summary>Moves the clock until the queue is empty.</summary>
    public Task UntilIdleAsync() => UntilAsync(() => Queue.Count == 0, "an empty queue");

    /// <summary>The queue.</summary>
    public TraitQueue Queue => (TraitQueue)Proxy.Services.GetService(typeof(TraitQueue))!;

    /// <summary>The counters.</summary>
    public TraitMetrics Metrics => (TraitMetrics)Proxy.Services.GetService(typeof(TraitMetrics))!;

    /// <summary>Moves the clock until something holds.</summary>
    /// <param name="holds">The condition.</param>
    /// <param name="what">The same in words.</param>
    /// <param name="step">The step of the clock.</param>
    public Task UntilAsync(Func<bool> holds, string what, double step = 0.1) => Time.AdvanceUntilAsync(TimeSpan.FromSeconds(step), holds, what);

    public async ValueTask DisposeAsync()
    {
        Answer = null;
        await Proxy.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
