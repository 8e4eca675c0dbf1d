using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Upstream.Polling;

/// <summary>Trouble over all environments: few lines, none of which leaves out what matters.</summary>
public sealed class FetchTroubleLogTests
{
    // The most entries from WARNING on that ten minutes of trouble may write.
    private const int MaxEntries = 59;

    private static readonly List<EnvironmentKeyPairOptions> Pairs =
        [.. Enumerable.Range(0, 40).Select(static number => new EnvironmentKeyPairOptions($"ser.{number:00}-environment", $"{number:00}-environment"))];

    [Fact]
    public async Task Log_FortyEnvironmentsFailForTenMinutes_AStartASummaryAMinuteAndAnEnd()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        Pairs.ForEach(pair => upstream.SetDocument(pair.ServerSideKey, Encoding.UTF8.GetBytes(Documents.Small(pair.ClientSideKey).ToJsonString())));
        var time = new ManualTimeProvider();
        await using var proxy = await StartAsync(upstream, time);
        await proxy.WaitUntilLoadedAsync();

        upstream.Behaviour = FakeUpstream.Status(500);
        await PassAsync(proxy, time, () => proxy.Registry.Environments.All(static environment => environment.Freshness.Failures > 0), TimeSpan.FromMinutes(10));
        var warnings = Warnings(proxy);
        Assert.Single(warnings, static entry => entry.EventId == EventIds.FetchFailed);
        Assert.InRange(warnings.Count(static entry => entry.EventId == EventIds.FetchTroubleSummary), 8, 10);
        Assert.InRange(warnings.Count, 9, MaxEntries);
        Assert.Matches(
            $"^40 environments not updated: 40 HTTP 500 from {upstream.Address.GetLeftPart(UriPartial.Authority)}; oldest [0-9]+ (s|min)$",
            warnings.Last(static entry => entry.EventId == EventIds.FetchTroubleSummary).Message);

        upstream.Behaviour = null;
        await PassAsync(proxy, time, () => proxy.Registry.Environments.All(static environment => environment.Freshness.Failures == 0), TimeSpan.Zero);
        await proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.FetchRecovered);
        Assert.Single(proxy.Log.Entries, static entry => entry.EventId == EventIds.FetchRecovered);
    }

    [Theory]
    [InlineData(500, EventIds.FetchFailed, 1)]
    [InlineData(403, EventIds.ServerSideKeyRejected, 15)]
    public async Task Log_FortyEnvironmentsNeverLoadedForTenMinutes_FewEntriesAndNothingLost(int status, int eventId, int expected)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Behaviour = FakeUpstream.Status(status);
        var time = new ManualTimeProvider();
        await using var proxy = await StartAsync(upstream, time);
        await Patience.UntilAsync(() => proxy.Registry.Environments.All(static environment => environment.Freshness.Failures > 0), "every first failure");

        await PassAsync(proxy, time, () => proxy.Registry.Environments.All(static environment => environment.Freshness.Failures > 0), TimeSpan.FromMinutes(10));

        var warnings = Warnings(proxy);
        Assert.InRange(warnings.Count, expected, MaxEntries);
        var own = warnings.Where(entry => entry.EventId == eventId).Select(static entry => entry.Message).ToList();
        Assert.InRange(own.Count, expected, MaxEntries);
        Assert.Equal(own.Count, own.Distinct().Count()); // each of another environment
        Assert.StartsWith("40 environments not updated: 40 ", warnings.Last(static entry => entry.EventId == EventIds.FetchTroubleSummary).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_NothingWasEverLoaded_NothingIsSaidToBeServed()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Behaviour = FakeUpstream.Status(500);
        var time = new ManualTimeProvider();
        await using var proxy = await TestProxy.StartAsync(
            new ProxyOptions { Upstream = Options(upstream), EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.env", "env")] },
            time);
        await PassAsync(proxy, time, () => proxy.Registry.Environments[0].Freshness.Failures > 0, TimeSpan.FromMinutes(2));

        var warnings = Warnings(proxy);
        Assert.Contains("nothing is loaded yet, requests with its keys get 503", warnings[0].Message, StringComparison.Ordinal);
        Assert.Contains("1 never loaded, requests with its keys get 503", warnings[1].Message, StringComparison.Ordinal);
        Assert.DoesNotContain(warnings, static entry => entry.Message.Contains("serving", StringComparison.Ordinal));
    }

    private static Task<TestProxy> StartAsync(FakeUpstream upstream, ManualTimeProvider time) =>
        TestProxy.StartAsync(new ProxyOptions { Upstream = Options(upstream), EnvironmentKeyPairs = Pairs }, time);

    private static UpstreamOptions Options(FakeUpstream upstream) =>
        new() { ApiUrl = new Uri(upstream.Address, "/api/v1"), ApiPollTimeout = TimeSpan.FromHours(1) };

    private static List<LogEntry> Warnings(TestProxy proxy) => [.. proxy.Log.Entries.Where(static entry => entry.Level >= LogLevel.Warning)];

    /// <summary>Lets time pass, second by second, so that every poll ends in its second.</summary>
    private static async Task PassAsync(TestProxy proxy, ManualTimeProvider time, Func<bool> condition, TimeSpan atLeast)
    {
        var until = time.GetUtcNow() + atLeast;
        await Patience.UntilAsync(
            async () =>
            {
                for (var i = 0; i < 5 && time.GetUtcNow() < until; i++)
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                    await Task.Yield();
                }

                if (time.GetUtcNow() >= until && !condition())
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                }

                return time.GetUtcNow() >= until && condition();
            },
            "time to pass");
        Assert.NotNull(proxy);
    }
}
