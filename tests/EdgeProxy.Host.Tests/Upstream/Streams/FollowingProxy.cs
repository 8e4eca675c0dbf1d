using System.Globalization;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream.Streams;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Upstream.Streams;

/// <summary>A proxy with one environment, its upstream, the service that streams changes, and the clock of the proxy.</summary>
internal sealed class FollowingProxy : IAsyncDisposable
{
    /// <summary>The time of a change that is newer than the first document.</summary>
    public static readonly DateTimeOffset Change = new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private FollowingProxy(PolledProxy polled, FakeStreamingService service)
    {
        Polled = polled;
        Service = service;
    }

    /// <summary>The proxy and its upstream.</summary>
    public PolledProxy Polled { get; }

    /// <summary>The service.</summary>
    public FakeStreamingService Service { get; }

    public ManualTimeProvider Time => Polled.Time;

    public EnvironmentState Environment => Polled.Environment;

    public FakeUpstream Upstream => Polled.Upstream;

    /// <summary>The number of times that the document was asked for.</summary>
    public int Fetches => Upstream.Requests.Count;

    /// <summary>Starts all, with a stream that is open.</summary>
    public static async Task<(FollowingProxy Proxy, FakeStream Stream)> OpenAsync(Func<UpstreamStreamOptions, UpstreamStreamOptions>? configure = null)
    {
        var proxy = await StartAsync(configure);
        return (proxy, await proxy.NextStreamAsync(1));
    }

    /// <summary>Starts all.</summary>
    /// <param name="configure">Changes the settings of streams; there is no jitter otherwise.</param>
    /// <param name="behaviour">The behaviour of the service instead of opening a stream.</param>
    /// <param name="isEnabled">True if the project has real-time updates enabled.</param>
    public static async Task<FollowingProxy> StartAsync(
        Func<UpstreamStreamOptions, UpstreamStreamOptions>? configure = null, Func<HttpContext, Task>? behaviour = null, bool? isEnabled = true)
    {
        var service = await FakeStreamingService.StartAsync();
        service.Behaviour = behaviour;
        var streams = new UpstreamStreamOptions { Url = service.Address, FetchJitter = TimeSpan.Zero };
        var polled = await PolledProxy.StartAsync(
            prepare: upstream => upstream.SetDocument("ser.env", Document("first", Documents.Small("env")["updated_at"]!.GetValue<string>(), isEnabled)),
            configure: options => options with { UpstreamStreams = configure?.Invoke(streams) ?? streams });
        return new FollowingProxy(polled, service);
    }

    /// <summary>A document whose project has real-time updates enabled, or not.</summary>
    public static byte[] Document(string value, DateTimeOffset updatedAt, bool? isEnabled = true) =>
        Document(value, updatedAt.ToString("o", CultureInfo.InvariantCulture), isEnabled);

    /// <summary>Changes the document at the upstream.</summary>
    public void SetDocument(string value, DateTimeOffset updatedAt, bool? isEnabled = true) => Upstream.SetDocument("ser.env", Document(value, updatedAt, isEnabled));

    /// <summary>Waits for a stream, and moves the clock as far as it takes.</summary>
    /// <param name="number">Its number, from 1.</param>
    public async Task<FakeStream> NextStreamAsync(int number)
    {
        await MoveUntilAsync(() => Service.Streams.Count >= number, number == 1 ? Step : 100 * Step, $"stream {number}");
        await Patience.UntilAsync(() => Environment.UpstreamStream?.Phase == UpstreamStreamPhase.Open, "the stream to be open");
        return Service.Streams.ElementAt(number - 1);
    }

    /// <summary>Moves the clock until something holds.</summary>
    public Task MoveUntilAsync(Func<bool> holds, TimeSpan step, string what) => Time.AdvanceUntilAsync(step, holds, what);

    /// <summary>Waits until a value is served.</summary>
    public Task WaitForAsync(string value) => Patience.UntilAsync(async () => await Polled.PlainAsync() == value, value);

    /// <summary>Waits until streams have ended for a cause.</summary>
    public Task WaitForEndsAsync(UpstreamStreamEndCause cause, int count) =>
        Patience.UntilAsync(() => Environment.Metrics.UpstreamStream.Ends(cause) == count, $"{count} streams to end: {cause}");

    /// <summary>Waits until events had an outcome.</summary>
    public Task WaitForEventsAsync(UpstreamStreamEventOutcome outcome, int count) =>
        Patience.UntilAsync(() => Environment.Metrics.UpstreamStream.Events(outcome) == count, $"{count} events: {outcome}");

    /// <summary>Waits until the proxy pauses before it connects again.</summary>
    public Task WaitForPauseAsync(double atLeast, double atMost) => Time.WaitForWaiterAsync(TimeSpan.FromSeconds(atLeast), TimeSpan.FromSeconds(atMost));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Polled.DisposeAsync();
        await Service.DisposeAsync();
    }

    private static byte[] Document(string value, string updatedAt, bool? isEnabled) => PolledProxy.Document(value, document =>
    {
        document["updated_at"] = updatedAt;
        ((JsonObject)document["project"]!)["enable_realtime_updates"] = isEnabled;
    });
}
