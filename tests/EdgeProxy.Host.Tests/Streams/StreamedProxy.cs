using System.Globalization;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Streams;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Upstream;

namespace EdgeProxy.Host.Tests.Streams;

/// <summary>A proxy with an environment whose content a test changes, and a clock that it moves.</summary>
internal sealed class StreamedProxy : IAsyncDisposable
{
    private readonly PolledProxy _polled;

    private StreamedProxy(PolledProxy polled)
    {
        _polled = polled;
    }

    /// <summary>The proxy.</summary>
    public TestProxy Proxy => _polled.Proxy;

    /// <summary>The clock.</summary>
    public ManualTimeProvider Time => _polled.Time;

    /// <summary>The environment, whose client-side key is <c>env</c>.</summary>
    public EnvironmentState Environment => _polled.Environment;

    /// <summary>The number of open streams that the worker knows.</summary>
    public long Open => Environment.Metrics.Streams.Open(StreamKind.Realtime);

    /// <summary>The number of written events.</summary>
    public long Events => Environment.Metrics.Streams.Events(StreamKind.Realtime);

    /// <summary>Starts one; without an end of streams unless the options say so.</summary>
    public static Task<StreamedProxy> StartAsync(StreamOptions? options = null) =>
        StartAsync(proxy => proxy with { Streams = options ?? new StreamOptions { MaxRealtimeAge = TimeSpan.Zero } });

    /// <summary>Starts one with options.</summary>
    public static async Task<StreamedProxy> StartAsync(Func<ProxyOptions, ProxyOptions> configure) => new(await PolledProxy.StartAsync(configure: configure));

    /// <summary>Opens a stream, and waits until the worker has it.</summary>
    public async Task<RawStream> OpenAsync(params (string Name, string Value)[] headers)
    {
        var before = Open;
        var stream = await RawStream.OpenAsync(Proxy.Address, "env", headers);
        await Patience.UntilAsync(() => Open > before, "the stream to be open");
        return stream;
    }

    /// <summary>Publishes a document whose feature <c>plain</c> has a value.</summary>
    public Task PublishAsync(string value, Action<JsonObject>? change = null) =>
        Proxy.Publisher.PublishAsync(Environment, PolledProxy.Document(value, change), CancellationToken.None);

    /// <summary>The event that says a time.</summary>
    public static string EventOf(DateTimeOffset time, string id = "") =>
        $"event: environment_updated\n{id}data: {{\"updated_at\": {((decimal)(time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerSecond).ToString("0.0#####", CultureInfo.InvariantCulture)}}}\n\n";

    /// <summary>Lets time pass until something happened.</summary>
    public Task<T> PassTimeUntilAsync<T>(Task<T> happened, TimeSpan step) => _polled.PassTimeUntilAsync(happened, step);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _polled.DisposeAsync();
}
