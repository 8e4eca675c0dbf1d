using System.Globalization;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Environments;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Host.Tests.Upstream.Polling;

/// <summary>docs/spec/realtime.md 1: how an announced change is fetched.</summary>
public sealed class AnnouncedChangeTests
{
    private static readonly DateTimeOffset Change = new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Announce_DocumentLags_RepeatedAfterLongerAndLongerPausesAndLeftToPolling()
    {
        await using var polled = await PolledProxy.StartAsync();
        polled.Environment.Announce(Change, ChangeSource.Push, "a change");
        await polled.Upstream.WaitForRequestsAsync(2);

        var requests = 2;
        foreach (var pause in (double[])[0.2, 0.5, 1, 2, 5])
        {
            await WaitForRepetitionAsync(polled, requests - 1, pause);
            Assert.Equal(requests, polled.Upstream.Requests.Count);
            polled.Time.Advance(TimeSpan.FromSeconds(pause));
            await polled.Upstream.WaitForRequestsAsync(++requests);
        }

        await polled.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(11));
        Assert.Equal(7, requests);
        Assert.Equal(6, polled.Environment.Metrics.LaggingFetches);
    }

    [Fact]
    public async Task Announce_OtherDocumentsAreBeingCompiled_ServedAtOnce()
    {
        await using var polled = await PolledProxy.StartAsync();
        var queue = polled.Proxy.Services.GetRequiredService<CompilationQueue>();
        HeldCompilation[] others = [.. Enumerable.Range(0, CompilationQueue.DefaultMaxAtOnce).Select(_ => new HeldCompilation(queue))];
        polled.Upstream.SetDocument("ser.env", DocumentOf("second", Change));

        polled.Environment.Announce(Change, ChangeSource.Push, "a change");

        await Patience.UntilAsync(async () => await polled.PlainAsync() == "second", "the change, while the clock stands");
        foreach (var other in others)
        {
            Assert.False(other.Completion.IsCompleted);
            other.Release();
            await other.Completion;
            other.Dispose();
        }
    }

    [Fact]
    public async Task Announce_DocumentLagsOnce_RepeatedUntilItIsThere()
    {
        await using var polled = await PolledProxy.StartAsync();
        polled.Environment.Announce(Change, ChangeSource.Push, "a change");
        await WaitAsync(polled, 0.2);

        // A newer one joins the series, and does not hurry it.
        polled.Environment.Announce(Change.AddSeconds(1), ChangeSource.Push, "another change");
        await WaitAsync(polled, 0.2);
        Assert.Equal(2, polled.Upstream.Requests.Count);
        polled.Upstream.SetDocument("ser.env", DocumentOf("second", Change.AddSeconds(1)));
        polled.Time.Advance(TimeSpan.FromSeconds(0.2));

        await Patience.UntilAsync(async () => await polled.PlainAsync() == "second", "the change");
        await polled.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(12));
        Assert.Equal(3, polled.Upstream.Requests.Count);
        Assert.Equal(1, polled.Environment.Metrics.LaggingFetches);
    }

    [Fact]
    public async Task Announce_Flood_OneFetchASecondAndTheLastChangeIsServed()
    {
        await using var polled = await PolledProxy.StartAsync();
        for (var second = 1; second <= 5; second++)
        {
            polled.Upstream.SetDocument("ser.env", DocumentOf($"value {second}", Change.AddSeconds(second)));
            for (var i = 0; i < 1000; i++)
            {
                polled.Environment.Announce(Change.AddSeconds(second), ChangeSource.Push, "a change");
            }

            if (second > 1)
            {
                await polled.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
                Assert.Equal(second, polled.Upstream.Requests.Count);
                polled.Time.Advance(TimeSpan.FromSeconds(1));
            }

            var value = string.Create(CultureInfo.InvariantCulture, $"value {second}");
            await Patience.UntilAsync(async () => await polled.PlainAsync() == value, value);
            // For the next poll, or for the end of the second if some announcements came after the fetch began.
            await polled.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(12));
        }

        Assert.Equal(6, polled.Upstream.Requests.Count);
        Assert.Equal(5000, polled.Environment.Metrics.AnnouncedChanges(ChangeSource.Push));
    }

    [Fact]
    public async Task Announce_UpstreamThatIsBehind_NoRollback()
    {
        await using var polled = await PolledProxy.StartAsync();
        polled.Upstream.SetDocument("ser.env", DocumentOf("older", new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero)));
        polled.Environment.Announce(Change, ChangeSource.Push, "a change");

        foreach (var (lagging, pause) in ((double[])[0.2, 0.5, 1, 2, 5]).Index())
        {
            await WaitForRepetitionAsync(polled, lagging + 1, pause);
            polled.Time.Advance(TimeSpan.FromSeconds(pause));
        }

        await polled.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(11));
        Assert.Equal(7, polled.Upstream.Requests.Count);
        Assert.Equal("first", await polled.PlainAsync());
        await polled.PollTimesAsync(2);
        Assert.Equal("first", await polled.PlainAsync());
        await polled.PollAsync();
        await Patience.UntilAsync(async () => await polled.PlainAsync() == "older", "the rollback that polls confirmed");
    }

    [Fact]
    public async Task Announce_ManyEnvironments_EightFetchedAtOnce()
    {
        string[] keys = [.. Enumerable.Range(0, 20).Select(static number => $"env{number}"), "env"];
        await using var polled = await PolledProxy.StartAsync(
            prepare: upstream => Array.ForEach(keys, key => upstream.SetDocument($"ser.{key}", PolledProxy.Document("first"))),
            configure: options => options with { EnvironmentKeyPairs = [.. keys.Select(static key => new EnvironmentKeyPairOptions($"ser.{key}", key))] });
        await polled.Proxy.WaitUntilLoadedAsync();
        await polled.Upstream.WaitForRequestsAsync(keys.Length);
        var release = new TaskCompletionSource();
        var inFlight = new ConcurrencyGauge();
        polled.Upstream.Behaviour = async context =>
        {
            inFlight.Enter();
            await release.Task;
            inFlight.Leave();
            await polled.Upstream.AnswerWithDocumentAsync(context);
        };

        foreach (var environment in polled.Proxy.Registry.Environments)
        {
            environment.Announce(updatedAt: null, ChangeSource.Webhook, "a change of the project");
        }

        await Patience.UntilAsync(() => inFlight.Current == 8, "eight fetches");
        release.SetResult();
        await polled.Upstream.WaitForRequestsAsync(2 * keys.Length);
        Assert.Equal(8, inFlight.Max);
    }

    [Fact]
    public async Task Announce_DocumentWithoutTime_FetchedEachTime()
    {
        await using var polled = await PolledProxy.StartAsync(
            prepare: static upstream => upstream.SetDocument("ser.env", PolledProxy.Document("first", static document => document.Remove("updated_at"))));

        polled.Environment.Announce(Change, ChangeSource.Push, "a change");
        await polled.Upstream.WaitForRequestsAsync(2);
        await polled.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(12));
        polled.Time.Advance(TimeSpan.FromSeconds(1));
        polled.Environment.Announce(Change, ChangeSource.Push, "a change");
        await polled.Upstream.WaitForRequestsAsync(3);

        Assert.Equal(0, polled.Environment.Metrics.LaggingFetches);
    }

    /// <summary>Waits until a fetch has ended, since its timeout is a timer too, and for the pause after it.</summary>
    private static async Task WaitForRepetitionAsync(PolledProxy polled, int lagging, double pause)
    {
        await Patience.UntilAsync(() => polled.Environment.Metrics.LaggingFetches == lagging, $"lagging fetch {lagging}");
        await WaitAsync(polled, pause);
    }

    private static Task WaitAsync(PolledProxy polled, double seconds) => polled.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));

    private static byte[] DocumentOf(string value, DateTimeOffset updatedAt) =>
        PolledProxy.Document(value, document => document["updated_at"] = updatedAt.ToString("o", CultureInfo.InvariantCulture));
}
