using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeProxy.Host.Tests.Persistence;

/// <summary>An upstream, a snapshot directory, and proxies that start and stop with them; one environment, <c>env</c>.</summary>
internal sealed class ColdStart : IAsyncDisposable
{
    // A poll may take its time; the clock is moved past any wait between polls.
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(31);

    private readonly TemporaryDirectory _directory = new();

    private ColdStart(FakeUpstream upstream)
    {
        Upstream = upstream;
        SnapshotPath = _directory.Combine("snapshots");
    }

    /// <summary>The upstream.</summary>
    public FakeUpstream Upstream { get; }

    /// <summary>The clock of all proxies.</summary>
    public ManualTimeProvider Time { get; } = new();

    /// <summary>The snapshot directory.</summary>
    public string SnapshotPath { get; init; }

    /// <summary>The proxy that was started last.</summary>
    public TestProxy Proxy { get; private set; } = null!;

    /// <summary>Its environment.</summary>
    public EnvironmentState Environment => Proxy.Registry.Environments[0];

    /// <summary>The files there are.</summary>
    public string[] Files => Directory.Exists(SnapshotPath) ? Directory.GetFiles(SnapshotPath) : [];

    /// <summary>A running upstream with a first document.</summary>
    public static async Task<ColdStart> CreateAsync()
    {
        var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument("ser.env", Document("first"));
        var start = new ColdStart(upstream);
        upstream.Time = start.Time;
        return start;
    }

    /// <summary>The small document, with a value of <c>plain</c>.</summary>
    public static byte[] Document(string value)
    {
        var document = Documents.Small("env");
        document["feature_states"]![0]!["feature_state_value"] = value;
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    /// <summary>Never answers.</summary>
    public static Task HangAsync(HttpContext context) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    /// <summary>Starts a proxy.</summary>
    /// <param name="path">Its snapshot directory, if it is another.</param>
    public async Task StartAsync(string? path = null) => Proxy = await TestProxy.StartAsync(
        new ProxyOptions
        {
            Upstream = new UpstreamOptions { ApiUrl = new Uri(Upstream.Address, "/api/v1"), ApiPollTimeout = RequestTimeout },
            EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.env", "env")],
            Persistence = new PersistenceOptions { SnapshotDirectory = path ?? SnapshotPath },
        },
        Time);

    /// <summary>Stops it.</summary>
    public ValueTask StopAsync() => Proxy.DisposeAsync();

    /// <summary>Has a proxy fetch each of some documents, and stop.</summary>
    public async Task KeepAsync(params string[] values)
    {
        Upstream.SetDocument("ser.env", Document(values[0]));
        await StartAsync();
        await Proxy.WaitUntilLoadedAsync();
        foreach (var value in values.Skip(1))
        {
            Upstream.SetDocument("ser.env", Document(value));
            await PollAsync();
            await WaitUntilKeptAsync(value);
        }

        await StopAsync();
    }

    /// <summary>Lets the proxy poll once more, to the end of that poll.</summary>
    public async Task PollAsync()
    {
        var environment = Proxy.Registry.Environments[0];
        var (before, fetches, requests) = (environment.Freshness, Fetches(environment), Upstream.Requests.Count);

        // Other timers may be due as well, so a clock that was moved once may not have reached the next poll.
        do
        {
            await Time.WaitForWaiterAsync(ShortestWait, LongestWait);
            Time.Advance(LongestWait);
        }
        while (!await Upstream.IsAskedSoonAsync(requests));

        await Patience.UntilAsync(() => !ReferenceEquals(before, environment.Freshness) && Fetches(environment) > fetches, "the end of the poll");
        await Time.WaitForWaiterAsync(ShortestWait, LongestWait);
    }

    /// <summary>The value of <c>plain</c> that is served.</summary>
    public async Task<string?> PlainAsync() =>
        (string?)JsonNode.Parse(await Proxy.GetAsync("/api/v1/flags/?feature=plain", "env"))!["feature_state_value"];

    /// <summary>The snapshot directory, as another process sees it.</summary>
    public DocumentFiles Store() =>
        new(new PersistenceOptions { SnapshotDirectory = SnapshotPath }, new DocumentOptions(), Time, NullLogger<DocumentFiles>.Instance);

    /// <summary>The file of the environment's document.</summary>
    public string EntryName => StoredDocumentName.OfDocument(new Uri(Upstream.Address, "/api/v1"), "env");

    /// <summary>The document that the next process would find; null for none.</summary>
    public StoredDocument? Read() => Store().Read(EntryName);

    /// <summary>Waits until a document is on disk.</summary>
    public Task WaitUntilKeptAsync(string value) => Patience.UntilAsync(
        () => Read() is { } stored && stored.Content.AsSpan().SequenceEqual(Document(value)), $"'{value}' to be on disk");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Upstream.DisposeAsync();
        _directory.Dispose();
    }

    private static long Fetches(EnvironmentState environment) => Enum.GetValues<FetchOutcome>().Sum(environment.Metrics.Fetches);
}
