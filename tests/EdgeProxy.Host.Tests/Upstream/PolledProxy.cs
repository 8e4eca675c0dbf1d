using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Testing.Faults;
using EdgeProxy.Host.Upstream;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Upstream;

/// <summary>A proxy with one environment, its upstream, and the clock that decides when it polls.</summary>
internal sealed class PolledProxy : IAsyncDisposable
{
    /// <summary>The duration of a request that hangs; others take no time, as the clock stands.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);

    // Longer than any wait between two polls: a minute, as the most an upstream can ask for, and a tenth.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(67);

    private readonly TestProxy _proxy;

    private PolledProxy(FakeUpstream upstream, ManualTimeProvider time, TestProxy proxy)
    {
        Upstream = upstream;
        Time = time;
        _proxy = proxy;
    }

    /// <summary>The upstream that it polls.</summary>
    public FakeUpstream Upstream { get; }

    /// <summary>Its clock.</summary>
    public ManualTimeProvider Time { get; }

    /// <summary>The proxy.</summary>
    public TestProxy Proxy => _proxy;

    /// <summary>Its environment.</summary>
    public EnvironmentState Environment => _proxy.Registry.Environments[0];

    /// <summary>The last observed state.</summary>
    public Freshness Freshness => Environment.Freshness;

    /// <summary>Starts both, and waits for the first poll to end, whatever comes of it.</summary>
    public static async Task<PolledProxy> StartAsync(UpstreamFault? fault = null, ILoggerProvider? log = null, Action<FakeUpstream>? prepare = null, Func<ProxyOptions, ProxyOptions>? configure = null)
    {
        var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument("ser.env", Document("first"));
        var time = new ManualTimeProvider();
        upstream.Time = time;
        prepare?.Invoke(upstream);
        Misbehave(upstream, fault);
        var options = new ProxyOptions
        {
            Upstream = new UpstreamOptions { ApiUrl = new Uri(upstream.Address, "/api/v1"), ApiPollTimeout = RequestTimeout },
            EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.env", "env")],
            Documents = new DocumentOptions { MaxDocumentBytes = 1024 * 1024 },
        };
        var proxy = await TestProxy.StartAsync(configure?.Invoke(options) ?? options, time, log);
        var polled = new PolledProxy(upstream, time, proxy);
        await polled.EndPollAsync(Freshness.Unknown, fetches: 0, requests: 0, fault);
        return polled;
    }

    /// <summary>A document whose feature <c>plain</c> has a value.</summary>
    public static byte[] Document(string value, Action<JsonObject>? change = null)
    {
        var document = Documents.Small("env");
        document["feature_states"]![0]!["feature_state_value"] = value;
        change?.Invoke(document);
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    /// <summary>Has the upstream behave again.</summary>
    public void Heal() => Upstream.Behaviour = null;

    /// <summary>Lets the proxy poll once, to the end of that poll.</summary>
    /// <param name="fault">The fault of the upstream meanwhile; null for <see cref="FakeUpstream.Behaviour"/>.</param>
    public async Task PollAsync(UpstreamFault? fault = null)
    {
        Misbehave(Upstream, fault);
        await Time.WaitForWaiterAsync(TimeSpan.Zero, LongestWait);
        var before = Freshness;
        var (fetches, requests) = (Fetches, Upstream.Requests.Count);

        // A published change is compared with the previous document on the compilation queue, whose turns are timers of this clock.
        while (Time.AdvanceToNextTimer() <= CompilationQueue.Turn && !await Upstream.IsAskedSoonAsync(requests))
        {
            await Time.WaitForWaiterAsync(TimeSpan.Zero, LongestWait);
        }

        await EndPollAsync(before, fetches, requests, fault);
    }

    /// <summary>Lets the proxy poll several times.</summary>
    public async Task PollTimesAsync(int polls)
    {
        for (var i = 0; i < polls; i++)
        {
            await PollAsync();
        }
    }

    /// <summary>Lets time pass until something happened.</summary>
    public async Task<T> PassTimeUntilAsync<T>(Task<T> happened, TimeSpan step)
    {
        await Time.AdvanceUntilAsync(step, () => happened.IsCompleted, "something to happen while time passes");
        return await happened;
    }

    /// <summary>The value of the feature <c>plain</c>.</summary>
    public async Task<string?> PlainAsync() =>
        (string?)JsonNode.Parse(await _proxy.GetAsync("/api/v1/flags/?feature=plain", "env"))!["feature_state_value"];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    private long Fetches => Enum.GetValues<FetchOutcome>().Sum(Environment.Metrics.Fetches);

    private static void Misbehave(FakeUpstream upstream, UpstreamFault? fault)
    {
        if (fault is not null)
        {
            upstream.Behaviour = context => fault.AnswerAsync(context, upstream.DocumentFor(context));
        }
    }

    private async Task EndPollAsync(Freshness before, long fetches, int requests, UpstreamFault? fault)
    {
        if (fault is { HangsAt: > 0 })
        {
            await Upstream.WaitForRequestsAsync(requests + fault.HangsAt);
            Time.Advance(RequestTimeout);
        }

        // Another object, whatever the poll came to; and counted, as a rollback is noted before it is published.
        await Patience.UntilAsync(() => !ReferenceEquals(before, Freshness) && Fetches > fetches, "the end of the poll");
    }
}
