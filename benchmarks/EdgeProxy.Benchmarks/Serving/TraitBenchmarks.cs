using BenchmarkDotNet.Attributes;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Traits;
using EdgeProxy.Workloads;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Benchmarks.Serving;

/// <summary>
/// The cost of trait forwarding while an identity is answered, in memory: taking it on the thread of the request, and moving it into
/// the queue, which in the product another thread does for many requests at once.
/// </summary>
[BenchmarkCategory(Categories.NoAllocations)]
public class TraitBenchmarks
{
    private readonly ServedRequest _notForwarded = Request(null);
    private readonly ServedRequest _waiting = Request(new TraitForwardingOptions { IsEnabled = true });
    private readonly ServedRequest _confirmed = Request(new TraitForwardingOptions { IsEnabled = true });
    private readonly ServedRequest _full = Request(new TraitForwardingOptions { IsEnabled = true, QueueSize = 1 });

    /// <summary>Brings each proxy into its state.</summary>
    public TraitBenchmarks()
    {
        _ = Waiting();
        _ = Confirmed();
        QueueOf(_confirmed).Confirm(QueueOf(_confirmed).Next(isLast: true)!);
        AddSomebodyElse(_full);
    }

    /// <summary>An identity with four traits, 50 features; nothing is forwarded.</summary>
    [Benchmark(Baseline = true)]
    public Task NotForwarded() => _notForwarded.Answer();

    /// <summary>The same, merged into a call that waits.</summary>
    [Benchmark]
    public Task Waiting() => Answer(_waiting);

    /// <summary>The same, known to the API.</summary>
    [Benchmark]
    public Task Confirmed() => Answer(_confirmed);

    /// <summary>The same, dropped because the queue is full.</summary>
    [Benchmark]
    public Task Full() => Answer(_full);

    private static ServedRequest Request(TraitForwardingOptions? options) =>
        new(EnvironmentShapes.Plain, "POST", "/api/v1/identities/", body: IdentityRequests.Plain, traits: options);

    private static TraitQueue QueueOf(ServedRequest request) => request.Services.GetRequiredService<TraitQueue>();

    private static void AddSomebodyElse(ServedRequest request)
    {
        var labels = AnalyticsLabels.None;
        var identifier = "\"somebody else\""u8;
        var record = new byte[TraitRecord.Measure(identifier.Length, in labels, 1, "\"t\"1".Length)];
        var source = request.Services.GetRequiredService<TraitSources>().Of(IdentityRequests.EnvironmentKey, IdentityRequests.EnvironmentKey);
        TraitRecord.Write(TraitRecord.Begin(record, source.Number, identifier, in labels, 1), "\"t\""u8, "1"u8);
        QueueOf(request).Add(new TraitRecord(record), source);
    }

    private static Task Answer(ServedRequest request)
    {
        var task = request.Answer();
        request.Services.GetRequiredService<TraitIntake>().MoveTo(QueueOf(request));
        return task;
    }
}
