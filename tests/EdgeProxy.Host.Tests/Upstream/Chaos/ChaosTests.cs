using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;

namespace EdgeProxy.Host.Tests.Upstream.Chaos;

/// <summary>Everything at once: documents that change, an upstream that misbehaves, and clients that never let up.</summary>
public sealed class ChaosTests
{
    private const int Seed = 20261122;
    private const int Swaps = 220;
    private const int Stage = 20; // a busy machine is slow, but it gets on
    private const int Clients = 3;

    [Fact]
    public async Task Chaos_HundredsOfVersions_EveryAnswerIsOfOneThatWasCurrent()
    {
        await using var upstream = await ChaoticUpstream.StartAsync(Seed);
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions
        {
            Upstream = new UpstreamOptions
            {
                ApiUrl = new Uri(upstream.Address, "/api/v1"),
                ApiPollFrequency = TimeSpan.FromMilliseconds(10),
                ApiPollTimeout = TimeSpan.FromMilliseconds(150),
            },
            EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.env", "env")],
            Documents = new DocumentOptions { MaxDocumentBytes = 1024 * 1024 },
        });
        await proxy.WaitUntilLoadedAsync();

        using var end = new CancellationTokenSource();
        var ledger = new VersionLedger();
        var clients = Enumerable.Range(0, Clients).Select(i => new ChaosClient(proxy, ledger, () => upstream.Version, takesGzip: i % 2 == 1)).ToList();
        var running = Task.WhenAll(clients.Select(client => Task.Run(() => client.RunAsync(end.Token))));
        for (var swaps = Stage; swaps <= Swaps; swaps += Stage)
        {
            await Patience.UntilAsync(() => running.IsCompleted || SwapsOf(proxy) >= swaps, $"{swaps} swaps");
        }

        upstream.CalmDown();
        await Patience.UntilAsync(() => running.IsCompleted || ledger.Newest == upstream.Version, "the latest version, at a client");
        await end.CancelAsync();
        var answers = await running;
        clients.ForEach(static client => client.Dispose());

        Assert.True(SwapsOf(proxy) > 200, $"only {SwapsOf(proxy)} swaps");
        Assert.True(upstream.KindsOfFaults > 20, $"only {upstream.KindsOfFaults} kinds of faults");
        Assert.All(answers, static count => Assert.True(count > 100, $"only {count} answers"));
        await Patience.UntilAsync(() => proxy.Registry.Environments[0].Freshness.Failures == 0, "a poll that succeeds");
        Assert.DoesNotContain(proxy.Log.Entries, static entry => entry.EventId is EventIds.PollFailed or EventIds.RequestFailed);
    }

    private static int SwapsOf(TestProxy proxy) => proxy.Log.Entries.Count(static entry => entry.EventId == EventIds.EnvironmentPublished);
}
